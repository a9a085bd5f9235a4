import { setTimeout } from 'node:timers/promises'
import type { NodeLook, ServiceLook, TaskLook } from './looks.ts'
import { type Machine, machines, type Target } from './target.ts'
import { ask, filtered, follow, jsonOf } from './wire.ts'

/** What became of one task, look after look; what repeats is told once. */
export type TaskRecord = {
  id: string
  service: string
  /** Of a global service, its node. */
  place: string
  created: string
  desired: string[]
  states: string[]
  /** Why it was last not placed. */
  wait: string | null
  last: TaskLook
  /** When it began to run, by the swarm's own clock; null if it was never seen to. */
  ran: string | null
  /** It was cleared away. */
  isGone: boolean
}

const INTERVAL = 60

/** Looks at all tasks, services and nodes of a swarm again and again, until it is stopped. */
export class Recorder {
  readonly #target: Target
  readonly #tasks = new Map<string, TaskRecord>()
  readonly #services = new Set<string>()
  readonly #global = new Set<string>()
  readonly #updates = new Map<string, string[]>()
  readonly #nodes = new Map<string, string[]>()
  readonly #updateStates = new Map<string, string[]>()
  readonly #words = new Set<string>()
  #machine: Machine = 'm1'
  #looking: Promise<void> | null = null
  #isStopped = false
  #leave = () => {}

  constructor(target: Target) {
    this.#target = target
  }

  start(): void {
    this.#looking = this.#look()
    const path = filtered('/events', { scope: ['swarm'], type: ['service'] })
    this.#leave = follow(this.#target.socket(this.#machine), path, (text) =>
      this.#noteEvent(text),
    )
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#leave()
    await this.#looking
  }

  /** Its first machine may have lost its power. */
  lookThrough(machine: Machine): void {
    this.#machine = machine
  }

  /** All that were ever seen, of all services. */
  get tasks(): TaskRecord[] {
    return [...this.#tasks.values()]
  }

  /** In order of slot, or of node, then of creation. */
  tasksOf(service: string): TaskRecord[] {
    return [...this.#tasks.values()]
      .filter((task) => task.service === service)
      .sort((a, b) => a.place.localeCompare(b.place) || a.created.localeCompare(b.created))
  }

  /** State and message of an update, one after another. */
  updatesOf(service: string): readonly string[] {
    return this.#updates.get(service) ?? []
  }

  /** Of a node by its hostname: state, message, availability, and whether it leads. */
  nodeStates(hostname: string): readonly string[] {
    return this.#nodes.get(hostname) ?? []
  }

  /** The states of its updates as events told them: none is too short for that. */
  updateStatesOf(service: string): readonly string[] {
    return this.#updateStates.get(service) ?? []
  }

  /** All pairs of state and message that any task had. */
  get words(): ReadonlySet<string> {
    return this.#words
  }

  async #look(): Promise<void> {
    while (!this.#isStopped) {
      try {
        const services = await this.#read<ServiceLook>('/services')
        const [tasks, nodes] = await Promise.all([
          this.#read<TaskLook>('/tasks'),
          this.#read<NodeLook>('/nodes'),
        ])
        // Both at once: an update that is told completed is told beside the tasks of then.
        this.#noteUpdates(services)
        this.#noteTasks(tasks)
        this.#noteNodes(nodes)
      } catch {
        // Between two leaders nobody answers; the next look may.
      }
      await setTimeout(INTERVAL)
    }
  }

  async #read<T>(path: string): Promise<T[]> {
    const answer = await ask(this.#target.socket(this.#machine), { method: 'GET', path })
    const list = jsonOf(answer)
    if (!Array.isArray(list)) throw new Error(`${path}: ${answer.status}`)
    return list
  }

  #noteTasks(looks: readonly TaskLook[]): void {
    const there = new Set(looks.map(({ ID }) => ID))
    for (const record of this.#tasks.values()) record.isGone = !there.has(record.id)
    for (const look of looks) {
      // Its service was made after the services were looked at: it is there at the next look.
      if (!this.#services.has(look.ServiceID)) continue
      const isGlobal = this.#global.has(look.ServiceID)
      // The first slot of a job is 0, and not told.
      const place = String(look.Slot ?? (isGlobal ? look.NodeID : 0))
      const record = this.#tasks.get(look.ID) ?? {
        id: look.ID,
        service: look.ServiceID,
        place,
        created: look.CreatedAt,
        desired: [],
        states: [],
        wait: null,
        last: look,
        ran: null,
        isGone: false,
      }
      this.#tasks.set(look.ID, record)
      record.last = look
      push(record.desired, look.DesiredState)
      const { State, Message = '', Err = '' } = look.Status
      push(record.states, State)
      if (State === 'pending' && Err !== '') record.wait = Err
      this.#words.add(`${State} "${Message}"`)
      if (State === 'running') record.ran ??= look.Status.Timestamp
    }
  }

  #noteUpdates(services: readonly ServiceLook[]): void {
    for (const { ID, Spec, UpdateStatus } of services) {
      this.#services.add(ID)
      if (Spec.Mode.Global ?? Spec.Mode.GlobalJob) this.#global.add(ID)
      if (!UpdateStatus) continue
      const said = this.#updates.get(ID) ?? []
      this.#updates.set(ID, said)
      push(said, `${UpdateStatus.State} "${UpdateStatus.Message}"`)
    }
  }

  #noteEvent(text: string): void {
    // The engine writes events of this form; other lines are none of them.
    const { Actor } = JSON.parse(text) as {
      Actor: { ID: string; Attributes: Record<string, string> }
    }
    const state = Actor.Attributes['updatestate.new']
    if (!state) return
    const said = this.#updateStates.get(Actor.ID) ?? []
    this.#updateStates.set(Actor.ID, [...said, state])
  }

  #noteNodes(nodes: readonly NodeLook[]): void {
    for (const { Description, Status, Spec, ManagerStatus } of nodes) {
      const { Hostname } = Description
      if (!machines.some((machine) => machine === Hostname)) continue
      const said = this.#nodes.get(Hostname) ?? []
      this.#nodes.set(Hostname, said)
      const manager = ManagerStatus
        ? `, ${ManagerStatus.Leader ? 'leader' : 'follower'} ${ManagerStatus.Reachability}`
        : ''
      const words = `${Status.State} "${Status.Message ?? ''}" ${Spec.Role} ${Spec.Availability}`
      push(said, words + manager)
    }
  }
}

function push(list: string[], text: string): void {
  if (list.at(-1) !== text) list.push(text)
}
