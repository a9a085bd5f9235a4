import type { Tls } from './store/objects.ts'
import type { ClusterSpec } from './store/specs.ts'
import type { World } from './world.ts'

/** What `docker swarm init` says where it is told nothing. */
const SPEC: ClusterSpec = {
  Name: 'default',
  Labels: {},
  Orchestration: { TaskHistoryRetentionLimit: 5 },
  Raft: {
    SnapshotInterval: 10_000,
    KeepOldSnapshots: 0,
    LogEntriesForSlowFollowers: 500,
    ElectionTick: 10,
    HeartbeatTick: 1,
  },
  Dispatcher: { HeartbeatPeriod: 5e9 },
  CAConfig: { NodeCertExpiry: 7776e12 },
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
}

export function createCluster({ store, random }: World, tls: Tls): void {
  store.create('cluster', {
    ID: random.id(),
    Spec: SPEC,
    TLSInfo: tls,
    RootRotationInProgress: false,
    hidden: {
      workerToken: newToken({ random }),
      managerToken: newToken({ random }),
      unlockKey: newUnlockKey({ random }),
    },
  })
}

/** @see moby/swarmkit ca/config.go GenerateJoinToken: no more than the look of one */
export function newToken({ random }: Pick<World, 'random'>): string {
  return `SWMTKN-1-${random.id()}${random.id()}-${random.id()}`
}

/** @see moby/swarmkit manager/encryption/encryption.go HumanReadableKey */
export function newUnlockKey({ random }: Pick<World, 'random'>): string {
  return `SWMKEY-1-${Buffer.from(random.hex(64), 'hex').toString('base64').slice(0, 43)}`
}
