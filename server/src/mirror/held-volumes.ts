import type { ClusterVolume } from '../domain/state.ts'
import type { HeldVolume } from '../domain/volumes/held-volume.ts'
import { clusterVolumesIn } from './cluster-volumes.ts'
import type { Mirror } from './mirror.ts'
import { toHeldVolume } from './translate.ts'

/** What the engine that is followed holds itself, and the node that it is. */
export type HeldVolumes = {
  readonly held: readonly HeldVolume[]
  /** Null where it did not answer. */
  readonly askedNode: string | null
  /** Those of the swarm; null where it cannot list them, or did not answer. */
  readonly ofSwarm: readonly ClusterVolume[] | null
}

/** How long an answer serves everybody who looks, in milliseconds: no event tells of it. */
const freshFor = 2_000

/** Asks for the volumes when somebody looks, once for all who look at the same time. */
export function createHeldVolumes(mirror: Pick<Mirror, 'api' | 'state'>) {
  let latest: { readonly at: number; readonly answer: Promise<HeldVolumes> } | null = null

  async function ask(): Promise<HeldVolumes> {
    const { nodeId, apiVersion } = mirror.state().swarm
    try {
      const answer = await mirror.api().volumes()
      const own = answer.Volumes.filter(({ ClusterVolume }) => !ClusterVolume)
      const ofSwarm = clusterVolumesIn(answer, apiVersion)
      return { held: own.map(toHeldVolume), askedNode: nodeId, ofSwarm }
    } catch {
      // Without an answer the rest is told all the same, and the node as not asked.
      return { held: [], askedNode: null, ofSwarm: null }
    }
  }

  return (): Promise<HeldVolumes> => {
    const now = Date.now()
    if (latest === null || now - latest.at > freshFor) latest = { at: now, answer: ask() }
    return latest.answer
  }
}
