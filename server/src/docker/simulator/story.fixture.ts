import { createService, updateService } from './api/service-writes.ts'
import { Simulator, type SimulatorOptions } from './simulator.ts'
import type { Node, Service, Task } from './store/objects.ts'

/** A simulated swarm in a test: no sockets, and time passes when it is told to. */
export class Story {
  readonly simulator: Simulator

  constructor(options: SimulatorOptions = {}) {
    this.simulator = new Simulator(options)
  }

  get swarm() {
    return this.simulator.swarm
  }

  pass(seconds: number): void {
    this.simulator.clock.advance(seconds * 1000)
  }

  /** Lets time pass until something is so; fails after `most` seconds. */
  until(isSo: () => boolean, most = 120): number {
    const begin = this.simulator.clock.now
    while (!isSo()) {
      if (this.simulator.clock.now - begin > most * 1000) throw new Error('It never came.')
      this.simulator.clock.advance(50)
    }
    return (this.simulator.clock.now - begin) / 1000
  }

  create(name: string, spec: object = {}, image = 'demo/web:v1'): Service {
    return createService(this.swarm, specOf(name, image, spec))
  }

  /** Sends the service's spec again, with some of its fields changed. */
  update(name: string, change: (spec: Service['Spec']) => object): void {
    const service = this.service(name)
    updateService(this.swarm, {
      name: service.ID,
      version: service.Version.Index,
      body: { ...service.Spec, ...change(service.Spec) },
      rollback: '',
    })
  }

  setImage(name: string, image: string): void {
    this.update(name, ({ TaskTemplate }) => ({
      TaskTemplate: {
        ...TaskTemplate,
        ContainerSpec: { ...TaskTemplate.ContainerSpec, Image: image },
      },
    }))
  }

  rollBack(name: string): void {
    const service = this.service(name)
    updateService(this.swarm, {
      name: service.ID,
      version: service.Version.Index,
      body: service.Spec,
      rollback: 'previous',
    })
  }

  service(name: string): Service {
    const [service] = this.swarm.store.services.by('name', name)
    if (!service) throw new Error(`No service is called ${name}.`)
    return service
  }

  /** In order of slot, then of age. */
  tasks(name: string): Task[] {
    return this.swarm.store.tasks
      .by('service', this.service(name).ID)
      .sort(
        (a, b) => (a.Slot ?? 0) - (b.Slot ?? 0) || a.hidden.createdAt - b.hidden.createdAt,
      )
  }

  live(name: string): Task[] {
    return this.tasks(name).filter(
      ({ DesiredState }) => DesiredState === 'running' || DesiredState === 'ready',
    )
  }

  running(name: string): Task[] {
    return this.tasks(name).filter(
      ({ Status, DesiredState }) =>
        Status.State === 'running' && DesiredState === 'running',
    )
  }

  node(hostname: string): Node {
    const node = this.swarm.store.nodes.get(this.simulator.nodeId(hostname))
    if (!node) throw new Error(`No node is called ${hostname}.`)
    return node
  }

  setNode(hostname: string, change: Partial<Node['Spec']>): void {
    this.swarm.store.update('node', this.node(hostname).ID, (node) => ({
      ...node,
      Spec: { ...node.Spec, ...change },
    }))
  }

  hostnameOf(task: Task): string {
    return this.swarm.store.nodes.get(task.NodeID ?? '')?.Description.Hostname ?? ''
  }
}

function specOf(name: string, image: string, spec: object): object {
  const { TaskTemplate = {}, ...rest }: { TaskTemplate?: object } = spec
  const { ContainerSpec = {}, ...template }: { ContainerSpec?: object } = TaskTemplate
  return {
    Name: name,
    TaskTemplate: { ContainerSpec: { Image: image, ...ContainerSpec }, ...template },
    ...rest,
  }
}
