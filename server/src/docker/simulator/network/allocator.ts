import type { Change } from '../store/feed.ts'
import type { Network, Service, Task } from '../store/objects.ts'
import { isPastRunning } from '../store/states.ts'
import type { World } from '../world.ts'
import { Addresses } from './addresses.ts'
import { attachmentOf } from './attachment.ts'
import { PublishedPorts } from './published-ports.ts'

type VirtualIp = NonNullable<Service['Endpoint']['VirtualIPs']>[number]

/** How long the allocator takes for what is new. */
const DELAY = 3

/**
 * Gives services their ports and virtual addresses, and tasks their own: only then they
 * are pending. Where a network has no address left, or another service has a port, tasks
 * stay new without a word.
 * @see moby/swarmkit manager/allocator/network.go
 */
export class Allocator {
  readonly #world: World
  readonly #addresses = new Addresses()
  readonly #waiting = new Set<string>()
  readonly #services = new Set<string>()
  readonly #ports = new PublishedPorts()
  /** Those that did not get their ports: tried again whenever anything else is. */
  readonly #unserved = new Set<string>()
  #isDue = false

  constructor(world: World) {
    this.#world = world
    world.store.listen({ change: (change) => this.#hear(change) })
  }

  #hear({ kind, action, object }: Change): void {
    if (kind === 'task') {
      if (action === 'create') this.#waiting.add(object.ID)
      else if (action === 'remove' || isPastRunning(object.Status.State)) {
        this.#waiting.delete(object.ID)
        if (!this.#addresses.release(object.ID)) return
      } else return
    } else if (kind === 'service') {
      if (action === 'remove') this.#releaseService(object)
      else this.#services.add(object.ID)
    } else if (kind === 'network') {
      if (action === 'create' && isOverlay(object)) this.#settle(object)
      return
    } else {
      return
    }
    this.#later()
  }

  /** A network has its addresses a moment after it was made, which is an update. */
  #settle({ ID }: Network): void {
    const { store, clock } = this.#world
    clock.schedule(DELAY, () =>
      store.commit(() => store.update('network', ID, (old) => ({ ...old }))),
    )
  }

  #later(): void {
    const waiting = this.#waiting.size + this.#services.size + this.#unserved.size
    if (this.#isDue || waiting === 0) return
    this.#isDue = true
    this.#world.clock.schedule(DELAY, () => {
      this.#isDue = false
      const { store } = this.#world
      const services = new Set([...this.#services, ...this.#unserved])
      this.#services.clear()
      store.commit(() => {
        for (const id of services) store.update('service', id, (old) => this.#serve(old))
      })
      store.commit(() => {
        for (const id of [...this.#waiting]) this.#admit(id)
      })
    })
  }

  #serve(service: Service): Service {
    const { EndpointSpec } = service.Spec
    const networks = this.#networksOf(service)
    const known = service.Endpoint.VirtualIPs ?? []
    const isVip = (EndpointSpec?.Mode ?? 'vip') === 'vip'
    const Ports = this.#ports.publish(service.ID, EndpointSpec?.Ports ?? [])
    if (!Ports) {
      this.#unserved.add(service.ID)
      return service
    }
    this.#unserved.delete(service.ID)
    const asksForNothing =
      networks.length === 0 && (!EndpointSpec || (!isVip && Ports.length === 0))
    if (asksForNothing && known.length === 0 && !service.Endpoint.Ports) return service
    const VirtualIPs = this.#virtualIpsOf(service, isVip ? networks : [])
    const Endpoint = {
      Spec: EndpointSpec ?? {},
      ...(Ports.length > 0 && { Ports }),
      ...(VirtualIPs.length > 0 && { VirtualIPs }),
    }
    const isSame = JSON.stringify(Endpoint) === JSON.stringify(service.Endpoint)
    return isSame ? service : { ...service, Endpoint }
  }

  /**
   * What a service has on these networks. On all others it gives back what it had: with
   * dnsrr it has none.
   * @see moby/moby libnetwork/cnmallocator/networkallocator.go AllocateService
   */
  #virtualIpsOf({ ID, Endpoint }: Service, networks: readonly Network[]): VirtualIp[] {
    const known = Endpoint.VirtualIPs ?? []
    for (const { NetworkID } of known) {
      const stays = networks.some((network) => network.ID === NetworkID)
      if (!stays) this.#addresses.release(ID, NetworkID)
    }
    return networks.flatMap((network) => {
      const own = known.find(({ NetworkID }) => NetworkID === network.ID)
      if (own) return [own]
      const Addr = this.#addresses.take(network, ID)
      return Addr ? [{ NetworkID: network.ID, Addr }] : []
    })
  }

  #releaseService({ ID }: Service): void {
    this.#services.delete(ID)
    this.#unserved.delete(ID)
    this.#addresses.release(ID)
    this.#ports.release(ID)
  }

  #networksOf({ Spec }: Pick<Service, 'Spec'>): Network[] {
    const { store } = this.#world
    const uses = [...(Spec.TaskTemplate.Networks ?? []), ...(Spec.Networks ?? [])]
    const isPublished = (Spec.EndpointSpec?.Ports ?? []).some(
      ({ PublishMode }) => PublishMode !== 'host',
    )
    const ids = new Set(uses.map(({ Target }) => Target))
    const named = [...ids].flatMap((id) => store.networks.get(id) ?? [])
    const ingress = [...store.networks.values()].filter(({ Ingress }) => Ingress)
    return [...(isPublished ? ingress : []), ...named].filter(
      ({ Scope }) => Scope === 'swarm',
    )
  }

  #admit(taskId: string): void {
    const { store, clock } = this.#world
    store.update('task', taskId, (task) => {
      const attachments = task.Status.State === 'new' ? this.#attach(task) : []
      if (!attachments) return task
      this.#waiting.delete(taskId)
      return {
        ...task,
        ...(attachments.length > 0 && { NetworksAttachments: attachments }),
        Status: {
          Timestamp: store.stamp(),
          State: 'pending',
          Message: 'pending task scheduling',
          PortStatus: {},
        },
        hidden: { ...task.hidden, since: clock.now },
      }
    })
  }

  #attach(task: Task): NonNullable<Task['NetworksAttachments']> | null {
    const service = this.#world.store.services.get(task.ServiceID)
    if (!service) return []
    if (this.#unserved.has(service.ID)) return null
    const attachments = []
    for (const network of this.#networksOf(service)) {
      const address = this.#addresses.take(network, task.ID)
      if (!address) {
        this.#addresses.release(task.ID)
        return null
      }
      attachments.push({ Network: attachmentOf(network), Addresses: [address] })
    }
    return attachments
  }
}

/** The ingress network is as old as the swarm. */
const isOverlay = ({ Scope, Ingress }: Network) => Scope === 'swarm' && !Ingress
