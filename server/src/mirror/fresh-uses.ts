import type { StoredKind } from '@skep/shared/contract/stored'
import type { DockerApi } from '../docker/api.ts'
import type { ClusterState, ClusterVolume } from '../domain/state.ts'
import { readClusterVolumes } from './cluster-volumes.ts'
import { nothing } from './hints.ts'
import type { Mirror } from './mirror.ts'
import { pause } from './pause.ts'
import { read } from './read.ts'
import { replaceClusterVolumes } from './replace.ts'

/**
 * How long cluster volumes are waited for, in milliseconds: the engine asks each of its volume
 * drivers as well, and one may hang.
 */
export const volumesWithin = 2_000

/**
 * The state with services, tasks, secrets and configs as the engine has them at this moment:
 * what nobody but the console keeps from being removed must not be judged on what was so a
 * second ago. For secrets with the cluster volumes as well; where those are not told, or not
 * in time, they are what the mirror knows of them, which may be nothing. While the swarm does
 * not answer it is the state that is known.
 * @throws DockerError
 */
export async function freshUses(
  mirror: Pick<Mirror, 'api' | 'state'>,
  kind: StoredKind,
): Promise<ClusterState> {
  const { state: swarmState, apiVersion } = mirror.state().swarm
  if (swarmState !== 'live') return mirror.state()
  // Whether tasks are up to date is not looked at.
  const asking = { upToDate: false, trustsHeld: true, unproven: new Map() }
  const dirty = { ...nothing(), services: 'all', tasks: 'all', stored: true } as const
  const [{ apply }, volumes] = await Promise.all([
    read(mirror.api(), dirty, asking, mirror.state()),
    kind === 'secret' ? volumesInTime(mirror.api(), apiVersion) : null,
  ])
  const fresh = apply(mirror.state())
  return volumes === null ? fresh : replaceClusterVolumes(fresh, volumes)
}

/** Null where they cannot be told, or not in time. */
async function volumesInTime(
  api: Pick<DockerApi, 'volumes'>,
  apiVersion: string | null,
): Promise<ClusterVolume[] | null> {
  const settled = new AbortController()
  const late = pause(volumesWithin, settled.signal).then(() => null)
  const told = await Promise.race([readClusterVolumes(api, apiVersion), late])
  settled.abort()
  return told
}
