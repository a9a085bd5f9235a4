import type { DockerApi } from '../docker/api.ts'
import type { EngineVolumes } from '../docker/engine.ts'
import type { ClusterState, ClusterVolume } from '../domain/state.ts'
import { pause } from './pause.ts'
import { replaceClusterVolumes } from './replace.ts'
import { toClusterVolume } from './translate-cluster-volume.ts'

/**
 * How often cluster volumes are read, in milliseconds: nothing tells of their changes. While
 * some service mounts one, where its tasks may run depends on them. One that failed is tried
 * again soon, and then half as often each time: some swarms never can list them.
 */
export const volumeIntervals = { mounted: 10_000, failed: 10_000, atRest: 300_000 } as const

/** How soon it is seen that a service mounts one, in milliseconds. */
const lookEvery = 2_000

type Sink = {
  state(): ClusterState
  publish(state: ClusterState, read: readonly []): void
}

/**
 * Keeps the cluster volumes of the state in step with one engine. Beside the other readings
 * and not among them: the engine asks each of its volume drivers as well, and one that hangs
 * must hold up nothing else. One failure changes nothing; what cannot be read twice in a row is
 * not known any more. This never throws.
 */
export async function followClusterVolumes(
  api: DockerApi,
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  let readAt = Number.NEGATIVE_INFINITY
  let failures = 0
  while (!signal.aborted) {
    const now = Date.now()
    if (now - readAt >= intervalFor(sink.state(), failures)) {
      readAt = now
      const listed = await readClusterVolumes(api, sink.state().swarm.apiVersion)
      if (signal.aborted) return
      failures = listed === null ? failures + 1 : 0
      const before = sink.state()
      const after = failures === 1 ? before : replaceClusterVolumes(before, listed)
      if (after !== before) sink.publish(after, [])
    }
    await pause(lookEvery, signal)
  }
}

/** @param failures how many readings failed since one did not */
function intervalFor({ services }: ClusterState, failures: number): number {
  const isMounted = services
    .values()
    .some(({ spec }) => spec.mounts.some(({ type }) => type === 'cluster'))
  if (isMounted) return volumeIntervals.mounted
  if (failures === 0) return volumeIntervals.atRest
  return Math.min(volumeIntervals.failed * 2 ** (failures - 1), volumeIntervals.atRest)
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
 * leader has none yet lists none, and warns. It warns of its own volume drivers as well, in
 * words that tell them apart; what it says in any other words may be of the swarm.
 * @see swarm-lab recordings/csi-mixed-leader20.txt, csi-mixed-leader-new.txt; moby/moby
 * volume/service/store.go, list; errors.go, OpErr; router/volume/volume_routes.go,
 * getVolumesList
 */
export function clusterVolumesIn(
  { Volumes, Warnings }: EngineVolumes,
  apiVersion: string | null,
): ClusterVolume[] | null {
  if (!listsThem(apiVersion)) return null
  const found = Volumes.flatMap((volume) => toClusterVolume(volume) ?? [])
  return found.length === 0 && !Warnings.every(isOfDriver) ? null : found
}

/** `list some-driver: what went wrong` */
const isOfDriver = (warning: string): boolean => /^list \S+: /.test(warning)

/** Whether an engine of this API lists them: from 1.42 on. */
function listsThem(apiVersion: string | null): boolean {
  const [major = 0, minor = 0] = (apiVersion ?? '').split('.').map(Number)
  return major > 1 || (major === 1 && minor >= 42)
}
