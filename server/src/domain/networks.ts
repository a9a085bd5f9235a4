import type { Network as NetworkView } from '@skep/shared/contract/network'
import { instant } from './instant.ts'
import { networkNames, shortId } from './names.ts'
import type { Network, Service } from './state.ts'

/** The networks by name, each with the services whose tasks join it. */
export function networkViews(
  networks: ReadonlyMap<string, Network>,
  services: ReadonlyMap<string, Service>,
): Record<string, NetworkView> {
  const names = networkNames(networks)
  const members = membersByNetwork(services.values())
  const views = [...networks.values()].map((network): [string, NetworkView] => {
    const name = names.get(network.id) ?? shortId(network.id)
    return [name, view(network, name, members.get(network.id) ?? [])]
  })
  return Object.fromEntries(views)
}

function membersByNetwork(services: Iterable<Service>): ReadonlyMap<string, string[]> {
  const members = new Map<string, string[]>()
  for (const { name, networkIds } of services) {
    for (const id of networkIds) members.set(id, [...(members.get(id) ?? []), name])
  }
  return members
}

const view = (
  network: Network,
  name: string,
  services: readonly string[],
): NetworkView => ({
  id: network.id,
  name,
  driver: network.driver,
  scope: network.scope,
  stack: network.stack,
  subnets: [...network.subnets],
  internal: network.internal,
  attachable: network.attachable,
  ingress: network.ingress,
  encrypted: network.encrypted,
  createdAt: instant(network.createdAt),
  services: services.toSorted(),
})
