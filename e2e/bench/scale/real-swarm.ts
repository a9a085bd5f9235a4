import { until } from '../../lab/lab.ts'
import type { TaskChange } from '../reference.ts'
import { manager, restingServices, restingTasks, type Setting } from '../setting.ts'
import { part } from './apps.ts'
import { Swarm } from './swarm.ts'
import type { Counts, SlotChange } from './swarm-words.ts'

/**
 * What is put into the lab: services whose tasks run, as many as two processors start, stop
 * and look after in a minute or two; and services whose tasks wait for a node that has what
 * none has, which cost the managers a record each and no container. With what rests in the
 * lab there are 10,000 tasks.
 */
const running = { services: 48, replicas: 10 }
export const waiting = { services: 95, replicas: 100 }

/** Services started at once: more containers at a time cost the nodes their heartbeats. */
const together = 8

const image = 'registry.lab:5000/demo/idle:v1'

/** The part of an app that waits: each app has one, and some have two. */
export const waitingPart = (number: number): ReturnType<typeof part> =>
  part(1 + (number % running.services), 2 + Math.floor(number / running.services))

type Task = { Status: { State: string } }

/** The swarm of a lab, filled; what its tasks do is heard on a subscription of the bench's own. */
export class RealSwarm extends Swarm {
  readonly contents = {
    nodes: 5,
    services: restingServices + running.services + waiting.services,
    tasks: restingTasks + tasksOf(running) + tasksOf(waiting),
    running: restingTasks + tasksOf(running),
  }
  readonly pid: number
  readonly #setting: Setting
  #watched = { id: '', from: 0 }

  private constructor(setting: Setting, pid: number) {
    super()
    this.#setting = setting
    this.pid = pid
  }

  /**
   * Of a lab in which there is nothing yet but the tasks at rest. Settles once all is in it.
   * @throws Error when so many do not run in five minutes
   */
  static async fill(setting: Setting): Promise<RealSwarm> {
    const from = performance.now()
    const swarm = new RealSwarm(setting, await setting.lab.engine(manager))
    for (let app = 1; app <= running.services; app += together) {
      const last = Math.min(app + together - 1, running.services)
      for (let each = app; each <= last; each += 1) await swarm.#createRunning(each)
      await swarm.#runs(restingTasks + last * running.replicas)
    }
    for (let each = 0; each < waiting.services; each += 1) await swarm.#createWaiting(each)
    await until(async () => (await swarm.#tasks()).length === swarm.contents.tasks, {
      what: 'every task',
      timeout: 120_000,
      interval: 1_000,
    })
    await swarm.#runs(swarm.contents.running)
    await swarm.rest()
    const seconds = Math.round((performance.now() - from) / 1_000)
    console.log(`Filled within ${seconds} s`)
    return swarm
  }

  get socket(): string {
    return this.#setting.lab.socket(manager)
  }

  get controlSocket(): string {
    return this.#setting.lab.controlSocket(manager)
  }

  async counts(): Promise<Counts> {
    const { changes, messages } = this.#setting.reference
    return { changes: messages, states: changes.length }
  }

  async watch(service: string): Promise<void> {
    const { ID } = await this.call<{ ID: string }>('GET', `/services/${service}`)
    this.#watched = { id: ID, from: this.#setting.reference.changes.length }
  }

  async noted(): Promise<SlotChange[]> {
    const { id, from } = this.#watched
    const { changes } = this.#setting.reference
    this.#watched = { id, from: changes.length }
    return changes.slice(from).flatMap((change) => {
      return change.serviceId === id ? [byRecord(change)] : []
    })
  }

  #createRunning(app: number): Promise<void> {
    const { Name, ...rest } = part(app, 1)
    return this.create(Name, { ...rest, ...containers(running.replicas) })
  }

  #createWaiting(number: number): Promise<void> {
    const { Name, ...rest } = waitingPart(number)
    const Placement = { Constraints: ['node.labels.none==there'] }
    const { TaskTemplate, Mode } = containers(waiting.replicas)
    return this.create(Name, {
      ...rest,
      TaskTemplate: { ...TaskTemplate, Placement },
      Mode,
    })
  }

  #tasks(): Promise<Task[]> {
    return this.call('GET', '/tasks')
  }

  async #runs(count: number): Promise<void> {
    const isThere = async () => {
      const tasks = await this.#tasks()
      return tasks.filter(({ Status }) => Status.State === 'running').length === count
    }
    const patience = { timeout: 300_000, interval: 500 }
    await until(isThere, { what: `${count} tasks to run`, ...patience })
  }
}

const tasksOf = ({ services, replicas }: typeof running) => services * replicas

const containers = (Replicas: number) => ({
  TaskTemplate: { ContainerSpec: { Image: image } },
  Mode: { Replicated: { Replicas } },
})

/**
 * A change by the engine's own stamp. It is put on before the managers have agreed on the
 * change, and so before anybody can hear of it; when we heard of it says less, as we have
 * fifty viewers to read for.
 */
export const byRecord = (change: TaskChange): SlotChange => ({
  at: change.at - change.lag,
  slot: `${change.serviceId}/${change.slot}`,
  task: change.task,
  state: change.state,
})
