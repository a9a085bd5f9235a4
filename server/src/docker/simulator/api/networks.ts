import { noLeader } from '../managers/texts.ts'
import { createNetwork } from '../network/networks.ts'
import type { Network } from '../store/objects.ts'
import { type Call, json, NO_CONTENT } from './call.ts'
import { fieldsOf, labelsOf, textOf } from './fields.ts'
import { type Filters, filtersOf, matchesLabels } from './filters.ts'
import { checkNetwork } from './network-checks.ts'
import { Problem, rpc } from './problem.ts'
import type { Routes } from './router.ts'

/** What a worker says, too. */
const NOT_IN_SWARM =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'

const BUILT_IN = ['bridge', 'host', 'none']

const FILTERS = ['name', 'id', 'label', 'scope', 'driver', 'type', 'dangling']

export const NETWORK_ROUTES: Routes = {
  'GET /networks': (call) => {
    const { swarm, nodeId, query } = call
    const filters = filtersOf(query, FILTERS)
    const sees = swarm.managers.canRead(nodeId)
    const contains = (values: readonly string[] | undefined, text: string) =>
      !values || values.some((value) => text.includes(value))
    const types = typesOf(filters)
    const found = [...swarm.store.networks.values()].filter(
      (network) =>
        (sees || isBuiltAt(call, network)) &&
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

  'POST /networks/create': ({ swarm, nodeId, body }) => {
    const sent = fieldsOf(body)
    const Name = textOf(sent.Name)
    const Driver = textOf(sent.Driver) || 'bridge'
    if (Driver === 'overlay' && !swarm.managers.members.has(nodeId)) {
      throw new Problem(403, NOT_IN_SWARM)
    }
    if (Driver === 'overlay' && !swarm.managers.canRead(nodeId)) throw noLeader()
    checkNetwork(swarm.store, sent)
    const { Config } = fieldsOf(sent.IPAM)
    const config = fieldsOf(Array.isArray(Config) ? Config[0] : null)
    const isOverlay = Driver === 'overlay'
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
  },

  'DELETE /networks/{}': (call) => {
    const { ID, Name } = pick(call)
    const { store } = call.swarm
    const user = [...store.services.values()].find(({ Spec }) =>
      [...(Spec.TaskTemplate.Networks ?? []), ...(Spec.Networks ?? [])].some(
        ({ Target }) => Target === ID,
      ),
    )
    if (user)
      throw rpc('FailedPrecondition', `network ${ID} is in use by service ${user.ID}`)
    if (BUILT_IN.includes(Name)) {
      throw new Problem(403, `${Name} is a pre-defined network and cannot be removed`)
    }
    store.remove('network', ID)
    return NO_CONTENT
  },
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

/** Names go before the beginnings of ids. */
function pick({ swarm, params: [text = ''] }: Call): Network {
  const { networks } = swarm.store
  const exact = networks.get(text) ?? networks.by('name', text)[0]
  const begun = [...networks.values()].filter(({ ID }) => ID.startsWith(text))
  const [found] = exact ? [exact] : begun
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
