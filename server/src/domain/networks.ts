import type { Network as NetworkView } from '@skep/shared/contract/network'
import { changedKeys } from './changed-keys.ts'
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

/** Whether the networks' members, which are services by name, are as they were. */
export function isJoinedAlike(
  before: ReadonlyMap<string, Service>,
  after: ReadonlyMap<string, Service>,
): boolean {
  for (const id of changedKeys(before, after)) {
    const was = before.get(id)
    const is = after.get(id)
    if (!was || was.name !== is?.name) return false
    if (was.networkIds.join() !== is.networkIds.join()) return false
  }
  return true
}

function membersByNetwork(services: Iterable<Service>): ReadonlyMap<string, string[]> {
  const members = new Map<string, string[]>()
  for (const { name, networkIds } of services) {
    for (const id of networkIds) {
      const joined = members.get(id)
      if (joined) joined.push(name)
      else members.set(id, [name])
    }
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
