import { Buffer } from 'node:buffer'
import { createService, updateService } from '../api/service-writes.ts'
import { createNetwork } from '../network/networks.ts'
import { isOfLastRun } from '../orchestrator/modes.ts'
import type { Service } from '../store/objects.ts'
import type { Swarm } from '../swarm.ts'
import type { ConfigPlan, Deed, Machine, Stack, StoredPlan } from './plan.ts'
import { milliseconds } from './plan.ts'
import { pinned, serviceSpec } from './service-spec.ts'

/**
 * Tasks of runs before the last one: the swarm keeps those of a job for ever, so whoever runs
 * one makes it anew now and then.
 */
const MOST_KEPT = 20

/**
 * Does in the swarm what the story tells. What a visitor has removed or holds on to is left
 * alone: nobody deploys over an update that is under way, or paused.
 */
export class Stage {
  readonly #swarm: Swarm
  readonly #opening: number

  /** @param opening when the doors open, in milliseconds since 1970 */
  constructor(swarm: Swarm, opening: number) {
    this.#swarm = swarm
    this.#opening = opening
  }

  join({ joined: _, ...plan }: Machine): void {
    this.#swarm.addNode(plan)
  }

  connect({ name, networks = [] }: Stack): void {
    for (const network of ['default', ...networks]) {
      const Labels = { 'com.docker.stack.namespace': name }
      createNetwork(this.#swarm, { Name: `${name}_${network}`, Labels })
    }
  }

  keep(kind: 'secret' | 'config', plan: StoredPlan | ConfigPlan): void {
    const { store, random } = this.#swarm
    const text = 'content' in plan ? plan.content : random.hex(32)
    store.create(kind, {
      ID: random.id(),
      Spec: { Name: plan.name, Labels: plan.labels ?? {} },
      hidden: { data: Buffer.from(text).toString('base64') },
    })
  }

  /** @param turn how often it was done before */
  perform(stack: Stack, deed: Deed, turn: number): void {
    if ('deploy' in deed) this.#deploy(stack, deed.deploy)
    else if ('release' in deed) this.#release(stack, deed, turn)
    else if ('scale' in deed) this.#scale(stack, deed, turn)
    else if ('run' in deed) this.#run(stack, deed.run)
    else this.#blink(deed)
  }

  #deploy(stack: Stack, name: string): void {
    const plan = stack.services[name]
    if (!plan) throw new Error(`${stack.name} has no service ${name}.`)
    const swarm = this.#swarm
    createService(
      swarm,
      serviceSpec(name, plan, { swarm, stack: stack.name, opening: this.#opening }),
    )
  }

  #release(stack: Stack, deed: Extract<Deed, { release: string }>, turn: number): void {
    const service = this.#find(stack, deed.release)
    const image = stack.services[deed.release]?.image
    const tag = deed.tags[turn % deed.tags.length]
    if (!service || !image || !tag || isUnsettled(service)) return
    const TaskTemplate = { ...service.Spec.TaskTemplate }
    const named = pinned(image.replace(/[^:]+$/, tag))
    this.#write(service, {
      ...service.Spec,
      TaskTemplate: {
        ...TaskTemplate,
        ContainerSpec: { ...TaskTemplate.ContainerSpec, Image: named },
      },
    })
  }

  #scale(stack: Stack, { scale, to }: Extract<Deed, { scale: string }>, turn: number) {
    const service = this.#find(stack, scale)
    const Replicas = to[turn % to.length]
    // A visitor may have made another service of that name, which is not scaled.
    if (!service?.Spec.Mode.Replicated || Replicas === undefined) return
    if (isUnsettled(service)) return
    this.#write(service, { ...service.Spec, Mode: { Replicated: { Replicas } } })
  }

  #run(stack: Stack, name: string): void {
    const service = this.#find(stack, name)
    if (!service) return
    const { store } = this.#swarm
    const old = store.tasks
      .by('service', service.ID)
      .filter((task) => !isOfLastRun(task, service))
    if (old.length >= MOST_KEPT) {
      store.remove('service', service.ID)
      createService(this.#swarm, service.Spec)
      return
    }
    const { TaskTemplate } = service.Spec
    const ForceUpdate = TaskTemplate.ForceUpdate + 1
    this.#write(service, {
      ...service.Spec,
      TaskTemplate: { ...TaskTemplate, ForceUpdate },
    })
  }

  #blink({ blink, lasting }: Extract<Deed, { blink: string }>): void {
    const swarm = this.#swarm
    const node = [...swarm.store.nodes.values()].find(
      ({ Description }) => Description.Hostname === blink,
    )
    if (!node) return
    swarm.cutCable(node.ID)
    swarm.clock.schedule(milliseconds(lasting), () => {
      if (swarm.store.nodes.has(node.ID)) swarm.bringBack(node.ID)
    })
  }

  #find(stack: Stack, name: string): Service | undefined {
    return this.#swarm.store.services.by('name', `${stack.name}_${name}`)[0]
  }

  #write(service: Service, body: object): void {
    const version = service.Version.Index
    updateService(this.#swarm, { name: service.ID, version, body, rollback: '' })
  }
}

function isUnsettled({ UpdateStatus }: Service): boolean {
  const state = UpdateStatus?.State ?? 'completed'
  return state !== 'completed' && state !== 'rollback_completed'
}
