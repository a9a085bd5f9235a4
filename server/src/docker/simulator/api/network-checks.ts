import type { Store } from '../store/store.ts'
import type { Fields } from './fields.ts'
import { fieldsOf, textOf } from './fields.ts'
import { Problem, rpc } from './problem.ts'

const DRIVERS = ['bridge', 'overlay', 'host', 'null', 'macvlan', 'ipvlan']

/**
 * What is refused of a network that is to be made.
 * @see moby/moby daemon/server/router/network/network_routes.go postNetworkCreate
 */
export function checkNetwork(store: Store, sent: Fields): void {
  const name = textOf(sent.Name)
  const driver = textOf(sent.Driver) || 'bridge'
  if (name === '') throw new Problem(400, 'invalid name: name is empty')
  if (store.networks.by('name', name).length > 0) {
    throw new Problem(409, `network with name ${name} already exists`)
  }
  const { Config } = fieldsOf(sent.IPAM)
  for (const config of Array.isArray(Config) ? Config.map(fieldsOf) : []) {
    const subnet = textOf(config.Subnet)
    if (subnet !== '' && !/^[\d.]+\/\d+$|^[\da-f:]+\/\d+$/.test(subnet)) {
      throw new Problem(
        400,
        `invalid network config:\ninvalid subnet ${subnet}: invalid CIDR block notation`,
      )
    }
  }
  if (!DRIVERS.includes(driver)) throw new Problem(404, `plugin "${driver}" not found`)
  const ingress = [...store.networks.values()].find(({ Ingress }) => Ingress)
  if (sent.Ingress === true && ingress) {
    throw rpc('AlreadyExists', `ingress network (${ingress.ID}) is already present`)
  }
}
