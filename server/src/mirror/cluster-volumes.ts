import type { DockerApi } from '../docker/api.ts'
import type { EngineVolumes } from '../docker/engine.ts'
import type { ClusterState, ClusterVolume } from '../domain/state.ts'
import { pause } from './pause.ts'
import { replaceClusterVolumes } from './replace.ts'
import { toClusterVolume } from './translate-cluster-volume.ts'

/**
 * How often cluster volumes are read, in milliseconds: nothing tells of their changes. While
 * some service mounts one, where its tasks may run depends on them.
 */
export const volumeIntervals = { mounted: 10_000, atRest: 300_000 } as const

/** How soon it is seen that a service mounts one, in milliseconds. */
const lookEvery = 2_000

type Sink = {
  state(): ClusterState
  publish(state: ClusterState, read: readonly []): void
}

/**
 * Keeps the cluster volumes of the state in step with one engine. Beside the other readings
 * and not among them: the engine asks each of its volume drivers as well, and one that hangs
 * must hold up nothing else. What cannot be read is not known; this never throws.
 */
export async function followClusterVolumes(
  api: DockerApi,
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  let readAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const now = Date.now()
    if (now - readAt >= intervalFor(sink.state())) {
      readAt = now
      const listed = await readClusterVolumes(api, sink.state().swarm.apiVersion)
      if (signal.aborted) return
      const before = sink.state()
      const after = replaceClusterVolumes(before, listed)
      if (after !== before) sink.publish(after, [])
    }
    await pause(lookEvery, signal)
  }
}

const intervalFor = ({ services }: ClusterState): number => {
  const isMounted = services
    .values()
    .some(({ spec }) => spec.mounts.some(({ type }) => type === 'cluster'))
  return isMounted ? volumeIntervals.mounted : volumeIntervals.atRest
}

/** Those of the swarm now; null where they cannot be told. Never throws. */
export async function readClusterVolumes(
  api: Pick<DockerApi, 'volumes'>,
  apiVersion: string | null,
): Promise<ClusterVolume[] | null> {
  // One without them would answer with its own volumes alone, and call that all.
  if (!listsThem(apiVersion)) return null
  try {
    return clusterVolumesIn(await api.volumes(), apiVersion)
  } catch {
    return null
  }
}

/**
 * The cluster volumes of a list; null where it is not known to be whole. A manager whose
 * leader has none yet lists none, and warns.
 * @see swarm-lab recordings/csi-mixed-leader20.txt, csi-mixed-leader-new.txt
 */
export function clusterVolumesIn(
  { Volumes, Warnings }: EngineVolumes,
  apiVersion: string | null,
): ClusterVolume[] | null {
  if (!listsThem(apiVersion)) return null
  const found = Volumes.flatMap((volume) => toClusterVolume(volume) ?? [])
  return found.length === 0 && Warnings.length > 0 ? null : found
}

/** Whether an engine of this API lists them: from 1.42 on. */
function listsThem(apiVersion: string | null): boolean {
  const [major = 0, minor = 0] = (apiVersion ?? '').split('.').map(Number)
  return major > 1 || (major === 1 && minor >= 42)
}
