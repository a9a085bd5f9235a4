import type { Call } from './call.ts'

const NO_SWARM = {
  NodeID: '',
  NodeAddr: '',
  LocalNodeState: 'inactive',
  ControlAvailable: false,
  Error: '',
  RemoteManagers: null,
}

/** `GET /info` answers always; `.Swarm.Error` tells what is wrong with the swarm. */
export function swarmInfo({ swarm, nodeId, machine }: Call): object {
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
  }
}
