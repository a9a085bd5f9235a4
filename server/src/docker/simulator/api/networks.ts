import { createNetwork } from '../network/networks.ts'
import type { Network } from '../store/objects.ts'
import { type Call, json, NO_CONTENT } from './call.ts'
import { fieldsOf, labelsOf, textOf } from './fields.ts'
import { filtersOf, matchesLabels } from './filters.ts'
import { Problem, rpc } from './problem.ts'
import type { Routes } from './router.ts'

const FILTERS = ['name', 'id', 'label', 'scope', 'driver', 'type', 'dangling']

export const NETWORK_ROUTES: Routes = {
  'GET /networks': ({ swarm, nodeId, query }) => {
    const filters = filtersOf(query, FILTERS)
    // Without a leader, an engine still knows the networks of its own.
    const sees = swarm.managers.canRead(nodeId)
    const contains = (values: readonly string[] | undefined, text: string) =>
      !values || values.some((value) => text.includes(value))
    const found = [...swarm.store.networks.values()].filter(
      (network) =>
        (sees || network.Scope === 'local') &&
        contains(filters.get('name'), network.Name) &&
        contains(filters.get('id'), network.ID) &&
        matchesLabels(filters.get('label'), network.Labels) &&
        (filters.get('scope')?.includes(network.Scope) ?? true) &&
        (filters.get('driver')?.includes(network.Driver) ?? true),
    )
    return json(found.map(shown))
  },

  'GET /networks/{}': (call) => json(shown(pick(call))),

  'POST /networks/create': ({ swarm, body }) => {
    const sent = fieldsOf(body)
    const Name = textOf(sent.Name)
    const Driver = textOf(sent.Driver) || 'bridge'
    if (swarm.store.networks.by('name', Name).length > 0) {
      throw new Problem(409, `network with name ${Name} already exists`)
    }
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
      Labels: labelsOf(sent.Labels),
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
    if (['bridge', 'host', 'none'].includes(Name)) {
      throw new Problem(403, `${Name} is a pre-defined network and cannot be removed`)
    }
    store.remove('network', ID)
    return NO_CONTENT
  },
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
