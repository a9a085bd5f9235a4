import type { EngineClusterVolume } from './engine.ts'
import { fieldsOf, listed, text, texts } from './fields.ts'

/**
 * Keeps what `EngineClusterVolume` names, and of that only what has its promised form; null
 * where not even the volume itself can be told. Contexts and flags of the mount end here:
 * one of them may be a password.
 */
export function clusterVolumeOf(answer: unknown): EngineClusterVolume | null {
  const { ID, Version, Spec, PublishStatus, Info } = fieldsOf(answer)
  const { Index } = fieldsOf(Version)
  if (typeof ID !== 'string' || ID === '' || typeof Index !== 'number') return null
  return {
    ID,
    Version: { Index },
    Spec: specOf(Spec),
    PublishStatus: listed(PublishStatus).map(({ NodeID, State }) => ({
      NodeID: text(NodeID),
      State: text(State),
    })),
    ...(Info !== undefined && Info !== null && { Info: infoOf(Info) }),
  }
}

function specOf(answer: unknown): EngineClusterVolume['Spec'] {
  const { Group, AccessMode, Secrets, Availability } = fieldsOf(answer)
  const { Scope, Sharing, MountVolume, BlockVolume } = fieldsOf(AccessMode)
  return {
    Group: text(Group),
    AccessMode: {
      Scope: text(Scope),
      Sharing: text(Sharing),
      ...(MountVolume
        ? { MountVolume: { FsType: text(fieldsOf(MountVolume).FsType) } }
        : {}),
      ...(BlockVolume ? { BlockVolume: {} } : {}),
    },
    Secrets: listed(Secrets).map(({ Key, Secret }) => ({
      Key: text(Key),
      Secret: text(Secret),
    })),
    Availability: text(Availability),
  }
}

function infoOf(answer: unknown): NonNullable<EngineClusterVolume['Info']> {
  const { CapacityBytes, VolumeID, AccessibleTopology } = fieldsOf(answer)
  return {
    ...(typeof CapacityBytes === 'number' && { CapacityBytes }),
    VolumeID: text(VolumeID),
    AccessibleTopology: listed(AccessibleTopology).map(({ Segments }) => ({
      Segments: texts(Segments),
    })),
  }
}
