import { NO_SWARM } from '../managers/texts.ts'
import { createNetwork } from '../network/networks.ts'
import type { Network } from '../store/objects.ts'
import type { Store } from '../store/store.ts'
import { admitted } from './admitted.ts'
import { type Answer, type Call, json, NO_CONTENT } from './call.ts'
import { fieldsOf, labelsOf, textOf } from './fields.ts'
import { type Filters, filtersOf, matchesLabels } from './filters.ts'
import { checkNetwork } from './network-checks.ts'
import { Problem, rpc } from './problem.ts'
import type { Routes } from './router.ts'

const BUILT_IN = ['bridge', 'host', 'none']

const FILTERS = ['name', 'id', 'label', 'scope', 'driver', 'type', 'dangling']

export const NETWORK_ROUTES: Routes = {
  'GET /networks': (call) => {
    const { swarm, query } = call
    const filters = filtersOf(query, FILTERS)
    const contains = (values: readonly string[] | undefined, text: string) =>
      !values || values.some((value) => text.includes(value))
    const types = typesOf(filters)
    const found = [...swarm.store.networks.values()].filter(
      (network) =>
        isKnownAt(call, network) &&
        // The managers look for a whole name, an engine for a part of one.
        (network.Scope === 'swarm'
          ? (filters.get('name')?.includes(network.Name) ?? true)
          : contains(filters.get('name'), network.Name)) &&
        (types?.includes(BUILT_IN.includes(network.Name) ? 'builtin' : 'custom') ?? true) &&
        contains(filters.get('id'), network.ID) &&
        matchesLabels(filters.get('label'), network.Labels) &&
        (filters.get('scope')?.includes(network.Scope) ?? true) &&
        (filters.get('driver')?.includes(network.Driver) ?? true),
    )
    return json(found.map(shown))
  },

  'GET /networks/{}': (call) => {
    const network = pick(call)
    const scope = call.query.get('scope') || network.Scope
    if (scope === network.Scope) return json(shown(network))
    throw new Problem(404, `network ${call.params[0]} not found`)
  },

  'POST /networks/create': (call) => {
    const { swarm, nodeId, body } = call
    const sent = fieldsOf(body)
    const Name = textOf(sent.Name)
    const Driver = textOf(sent.Driver) || 'bridge'
    const isOverlay = Driver === 'overlay'
    if (isOverlay && !swarm.managers.isManager(nodeId)) {
      throw new Problem(403, NO_SWARM)
    }
    const create = () => {
      checkNetwork(swarm.store, sent)
      const { Config } = fieldsOf(sent.IPAM)
      const config = fieldsOf(Array.isArray(Config) ? Config[0] : null)
      const { ID } = createNetwork(swarm, {
        Name,
        Driver,
        Scope: isOverlay ? 'swarm' : 'local',
        Internal: sent.Internal === true,
        Attachable: sent.Attachable === true,
        Ingress: sent.Ingress === true,
        Labels: sent.Labels ? labelsOf(sent.Labels) : null,
        Options: labelsOf(sent.Options),
        ...(textOf(config.Subnet) && { Subnet: textOf(config.Subnet) }),
        ...(textOf(config.Gateway) && { Gateway: textOf(config.Gateway) }),
      })
      return json({ Id: ID, Warning: '' }, 201)
    }
    return isOverlay ? byManagers(call, create) : create()
  },

  'DELETE /networks/{}': (call) => {
    const network = pick(call)
    const { ID, Name, Scope, Ingress } = network
    const { store, managers } = call.swarm
    const remove = () => {
      if (Scope === 'swarm') checkUnused(store, network)
      store.remove('network', ID)
      return NO_CONTENT
    }
    // To remove the ingress network, an engine by itself finds it by its id only.
    if (Ingress && call.params[0] === Name && !managers.canRead(call.nodeId)) {
      throw new Problem(404, `network ${Name} not found`)
    }
    if (BUILT_IN.includes(Name)) {
      throw new Problem(403, `${Name} is a pre-defined network and cannot be removed`)
    }
    return Scope === 'swarm' ? byManagers(call, remove) : remove()
  },
}

/**
 * Done once the managers let this engine in. The door itself is open to all that is asked
 * of networks: those of local scope are the engine's own.
 * @see moby/moby daemon/cluster/networks.go lockedManagerAction
 */
const byManagers = (call: Call, work: () => Answer) =>
  admitted(call, { path: '/swarm', work })

/** @see moby/swarmkit manager/controlapi/network.go removeNetwork, removeIngressNetwork */
function checkUnused(store: Store, { ID, Ingress }: Network): void {
  for (const { ID: user, Spec } of store.services.values()) {
    const ports = Spec.EndpointSpec?.Ports ?? []
    const uses = [...(Spec.TaskTemplate.Networks ?? []), ...(Spec.Networks ?? [])]
    if (Ingress && ports.some(({ PublishMode }) => PublishMode !== 'host')) {
      const text = `ingress network cannot be removed because service ${user} depends on it`
      throw rpc('FailedPrecondition', text)
    }
    if (!Ingress && uses.some(({ Target }) => Target === ID)) {
      throw rpc('FailedPrecondition', `network ${ID} is in use by service ${user}`)
    }
  }
}

/** Those of the swarm are hidden from a worker, and from a manager without a leader. */
function isKnownAt(call: Call, network: Network): boolean {
  return call.swarm.managers.canRead(call.nodeId) || isBuiltAt(call, network)
}

/**
 * Whether an engine has this network itself, whatever the managers say: the ingress network
 * is built on every node, others for the tasks that run there.
 * @see moby/moby daemon/server/router/network/network_routes.go getNetworksList
 */
function isBuiltAt({ swarm, nodeId }: Call, network: Network): boolean {
  if (network.Scope === 'local' || network.Ingress) return true
  return swarm.store.tasks
    .by('node', nodeId)
    .some(
      ({ Status, NetworksAttachments = [] }) =>
        Status.State === 'running' &&
        NetworksAttachments.some(({ Network: { ID } }) => ID === network.ID),
    )
}

/** @see moby/moby daemon/network/filter.go */
function typesOf(filters: Filters): readonly string[] | undefined {
  const types = filters.get('type')
  const unknown = types?.find((type) => type !== 'builtin' && type !== 'custom')
  if (unknown === undefined) return types
  throw new Problem(500, `invalid filter: 'type'='${unknown}'`)
}

/**
 * Names go before the beginnings of ids. For what it has not built itself an engine asks
 * the managers, and their refusal is a no.
 * @see moby/moby daemon/server/router/network/network_routes.go findUniqueNetwork
 */
function pick(call: Call): Network {
  const { networks } = call.swarm.store
  const [text = ''] = call.params
  const known = (network?: Network) => network && isKnownAt(call, network)
  const found =
    [networks.get(text), ...networks.by('name', text)].find(known) ??
    [...networks.values()].find((network) => network.ID.startsWith(text) && known(network))
  if (!found) throw new Problem(404, `network ${text} not found`)
  return found
}

function shown(network: Network): object {
  const {
    ID,
    CreatedAt,
    Subnet,
    Gateway,
    Version: _,
    UpdatedAt: __,
    Name,
    ...rest
  } = network
  return {
    Name,
    Id: ID,
    Created: CreatedAt,
    Scope: rest.Scope,
    Driver: rest.Driver,
    EnableIPv4: rest.EnableIPv4,
    EnableIPv6: rest.EnableIPv6,
    IPAM: {
      Driver: 'default',
      Options: null,
      Config: Subnet ? [{ Subnet, Gateway }] : null,
    },
    Internal: rest.Internal,
    Attachable: rest.Attachable,
    Ingress: rest.Ingress,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: rest.Scope === 'swarm' ? null : {},
    Options: rest.Options,
    Labels: rest.Labels,
  }
}
