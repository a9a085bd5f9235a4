import type { Call } from './call.ts'

const NO_SWARM = {
  NodeID: '',
  NodeAddr: '',
  LocalNodeState: 'inactive',
  ControlAvailable: false,
  Error: '',
  RemoteManagers: null,
}

/**
 * What a manager tells of its cluster where nobody tells it anything: nothing, at length.
 * @see moby/moby daemon/cluster/swarm.go Info
 */
const NO_CLUSTER = {
  ID: '',
  Version: {},
  CreatedAt: '0001-01-01T00:00:00Z',
  UpdatedAt: '0001-01-01T00:00:00Z',
  Spec: {
    Labels: null,
    Orchestration: {},
    Raft: { ElectionTick: 0, HeartbeatTick: 0 },
    Dispatcher: {},
    CAConfig: {},
    TaskDefaults: {},
    EncryptionConfig: { AutoLockManagers: false },
  },
  TLSInfo: {},
  RootRotationInProgress: false,
  DefaultAddrPool: null,
  SubnetSize: 0,
  DataPathPort: 0,
}

/** @see moby/moby daemon/cluster/swarm.go Info */
const TWO_MANAGERS =
  'WARNING: Running Swarm in a two-manager configuration. This configuration provides\n' +
  '         no fault tolerance, and poses a high risk to lose control over the cluster.\n' +
  '         Refer to https://docs.docker.com/engine/swarm/admin_guide/ to configure the\n' +
  '         Swarm for fault-tolerance.'

/** What a manager warns of in `GET /info`, among the engine's warnings and those of its swarm. */
export function swarmWarnings({ swarm, nodeId }: Call): string[] {
  const { managers } = swarm
  return managers.canRead(nodeId) && managers.members.size === 2 ? [TWO_MANAGERS] : []
}

/** `GET /info` answers always; `.Swarm.Error` tells what is wrong with the swarm. */
export function swarmInfo(call: Call): object {
  const { swarm, nodeId, machine } = call
  const warnings = swarmWarnings(call)
  const { managers, store } = swarm
  const node = store.nodes.get(nodeId)
  const isManager = managers.members.has(nodeId)
  if (machine.hasLeft) return NO_SWARM
  const error = managers.errorAt(nodeId)
  if (managers.isLocked(nodeId)) {
    const NodeAddr = node?.Status.Addr ?? ''
    return {
      NodeID: '',
      NodeAddr,
      LocalNodeState: 'locked',
      ControlAvailable: false,
      Error: error,
      RemoteManagers: null,
    }
  }
  const RemoteManagers = [...managers.members].map((NodeID) => ({
    NodeID,
    Addr: `${store.nodes.get(NodeID)?.Status.Addr}:2377`,
  }))
  const { hidden: _, ...Cluster } = store.cluster
  return {
    NodeID: nodeId,
    NodeAddr: node?.Status.Addr ?? '',
    LocalNodeState: 'active',
    ControlAvailable: isManager,
    Error: error,
    RemoteManagers,
    ...(isManager && { Cluster: NO_CLUSTER }),
    ...(managers.canRead(nodeId) && {
      Nodes: store.nodes.size,
      Managers: managers.members.size,
      Cluster: {
        ...Cluster,
        DefaultAddrPool: null,
        SubnetSize: 24,
        DataPathPort: 4789,
      },
    }),
    ...(warnings.length > 0 && { Warnings: warnings }),
  }
}
