import { PublishState } from '@skep/shared/contract/volume'
import type { EngineVolume } from '../docker/engine.ts'
import { stackLabel } from '../domain/stack-label.ts'
import type { ClusterVolume } from '../domain/state.ts'

/**
 * A cluster volume in the domain's words; null for one of an engine alone. A word that is
 * not known reads as `unknown`: nothing is claimed of such a volume.
 */
export function toClusterVolume(raw: EngineVolume): ClusterVolume | null {
  const { ClusterVolume: cluster, Name, Driver, Labels, Options } = raw
  if (!cluster) return null
  const { Spec: spec, Info: info } = cluster
  const { Scope, Sharing, MountVolume, BlockVolume } = spec.AccessMode ?? {}
  return {
    id: cluster.ID,
    version: cluster.Version.Index,
    name: Name,
    driver: Driver,
    group: spec.Group ?? '',
    stack: Labels?.[stackLabel] || null,
    availability: known(spec.Availability, ['active', 'pause', 'drain']),
    scope: known(Scope, ['single', 'multi']),
    sharing: known(Sharing, ['none', 'readonly', 'onewriter', 'all']),
    access: MountVolume ? 'mount' : BlockVolume ? 'block' : 'unknown',
    filesystem: MountVolume?.FsType || null,
    options: Object.keys(Options ?? {}),
    secrets: (spec.Secrets ?? []).map(({ Key, Secret }) => ({ key: Key, secret: Secret })),
    // Without an id of its own its driver has not made it.
    made: Boolean(info?.VolumeID),
    capacity: sizeOf(info?.CapacityBytes),
    topology: (info?.AccessibleTopology ?? []).map(({ Segments }) => Segments),
    published: (cluster.PublishStatus ?? []).map(({ NodeID, State }) => ({
      nodeId: NodeID,
      state: known(State, PublishState.options),
    })),
  }
}

/** 0 stands for not known. */
const sizeOf = (bytes: number | undefined): number | null =>
  bytes !== undefined && Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null

const known = <Word extends string>(
  word: string | undefined,
  words: readonly Word[],
): Word | 'unknown' => words.find((one) => one === word) ?? 'unknown'
