import type { Network } from '../store/objects.ts'
import type { Draft, Store } from '../store/store.ts'
import type { World } from '../world.ts'
import { freeSubnet } from './subnets.ts'
import { nextVxlanId, VXLAN_IDS } from './vxlan.ts'

export type NetworkPlan = Partial<Draft<'network'>> & { Name: string }

/** A network, of the swarm unless it is planned otherwise, in a subnet of its own. */
export function createNetwork({ store, random }: World, plan: NetworkPlan): Network {
  const scope = plan.Scope ?? 'swarm'
  const Subnet = plan.Subnet ?? freeSubnet(store, scope) ?? ''
  return store.create('network', {
    ID: random.id(),
    Driver: 'overlay',
    Scope: 'swarm',
    Internal: false,
    Attachable: false,
    Ingress: false,
    EnableIPv4: true,
    EnableIPv6: false,
    Labels: {},
    Gateway: Subnet.replace(/\d+\/\d+$/, '1'),
    ...plan,
    Options: { ...(scope === 'swarm' && vxlanOf(store, plan)), ...plan.Options },
    Subnet,
  })
}

/** One that was chosen uses up none. */
const vxlanOf = (store: Store, { Options }: NetworkPlan) => ({
  [VXLAN_IDS]: Options?.[VXLAN_IDS] ?? nextVxlanId(store),
})

/** What every engine has for itself, and the network that published ports come in by. */
export function createDefaultNetworks(world: World): void {
  createNetwork(world, { Name: 'ingress', Ingress: true })
  const { store, random } = world
  for (const [Name, Driver, Subnet] of [
    ['bridge', 'bridge', '172.17.0.0/16'],
    ['docker_gwbridge', 'bridge', '172.18.0.0/16'],
    ['host', 'host', ''],
    ['none', 'null', ''],
  ] as const) {
    store.create('network', {
      ID: random.hex(64),
      Name,
      Driver,
      Scope: 'local',
      Internal: false,
      Attachable: false,
      Ingress: false,
      EnableIPv4: true,
      EnableIPv6: false,
      Labels: {},
      Options: {},
      Subnet,
      Gateway: Subnet.replace('0.0/16', '0.1'),
    })
  }
}
