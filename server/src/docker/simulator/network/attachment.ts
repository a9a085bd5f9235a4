import type { Attachment, Network } from '../store/objects.ts'

const made = new WeakMap<Network, Attachment['Network']>()

/**
 * A network as the tasks on it show it.
 * @see swarm-lab recordings/fields-28-m1.json
 */
export function attachmentOf(network: Network): Attachment['Network'] {
  const known = made.get(network)
  if (known) return known
  const { ID, Version, CreatedAt, UpdatedAt, Name, Labels, Driver, Subnet, Gateway } =
    network
  const attachment = {
    ID,
    Version,
    CreatedAt,
    UpdatedAt,
    Spec: {
      Name,
      Labels,
      DriverConfiguration: network.Ingress ? {} : { Name: Driver },
      ...(network.Ingress && { Ingress: true }),
      ...(network.Attachable && { Attachable: true }),
      ...(network.Internal && { Internal: true }),
      IPAMOptions: { Driver: network.Ingress ? {} : { Name: 'default' } },
      Scope: 'swarm',
    },
    DriverState: { Name: Driver, Options: network.Options },
    IPAMOptions: { Driver: { Name: 'default' }, Configs: [{ Subnet, Gateway }] },
  }
  made.set(network, attachment)
  return attachment
}
