import type { Network } from '../store/objects.ts'
import type { Draft } from '../store/store.ts'
import type { World } from '../world.ts'

const FIRST_VXLAN = 4096
const VXLAN = 'com.docker.network.driver.overlay.vxlanid_list'

export type NetworkPlan = Partial<Draft<'network'>> & { Name: string }

/** A network of the swarm, in a subnet of its own. */
export function createNetwork({ store, random }: World, plan: NetworkPlan): Network {
  const count = [...store.networks.values()].filter(({ Scope }) => Scope === 'swarm').length
  const Subnet = plan.Subnet ?? `10.0.${count}.0/24`
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
    Options: { [VXLAN]: String(FIRST_VXLAN + count), ...plan.Options },
    Subnet,
  })
}

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
