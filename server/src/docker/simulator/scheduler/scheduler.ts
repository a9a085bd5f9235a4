import { Debounce } from '../debounce.ts'
import type { Change } from '../store/feed.ts'
import type { Task } from '../store/objects.ts'
import { compareStates, isPastRunning } from '../store/states.ts'
import type { World } from '../world.ts'
import { NodeInfo } from './node-info.ts'
import { Pipeline } from './pipeline.ts'
import { placeGroup } from './place.ts'

/** @see moby/swarmkit manager/scheduler/scheduler.go commitDebounceGap, maxLatency */
const PATIENCE = { gap: 50, latest: 1000 }

/**
 * Gives tasks that are pending a node, or the reason why there is none.
 * @see moby/swarmkit manager/scheduler/scheduler.go
 */
export class Scheduler {
  readonly #world: World
  readonly #nodes = new Map<string, NodeInfo>()
  readonly #unassigned = new Set<string>()
  readonly #preassigned = new Set<string>()
  readonly #debounce: Debounce
  #isDue = false

  constructor(world: World) {
    this.#world = world
    this.#debounce = new Debounce(world.clock, PATIENCE, () => this.#run())
    world.store.listen({
      change: (change) => this.#hear(change),
      committed: () => this.#debounce.touch(),
    })
  }

  /** For tests and tools: what the scheduler thinks of a node. */
  node(id: string): NodeInfo | undefined {
    return this.#nodes.get(id)
  }

  #hear(change: Change): void {
    if (change.kind === 'node') {
      const { object, action } = change
      if (action === 'remove') {
        this.#nodes.delete(object.ID)
        return
      }
      const info = this.#nodes.get(object.ID)
      if (info) info.replace(object)
      else this.#nodes.set(object.ID, new NodeInfo(object))
      this.#isDue = true
    } else if (change.kind === 'task') {
      if (change.action === 'remove') this.#forget(change.object)
      else this.#note(change.object, change.old)
    }
  }

  #note(task: Task, old: Task | null): void {
    const { State } = task.Status
    if (State === 'new') return
    if (isPastRunning(State)) {
      this.#forget(task)
      const hasFailed = State === 'failed' || State === 'rejected'
      if (hasFailed && old?.Status.State !== State) {
        this.#nodes.get(task.NodeID ?? '')?.noteFailure(task, this.#world.clock.now)
      }
      return
    }
    if (State !== 'pending') {
      this.#unassigned.delete(task.ID)
      this.#preassigned.delete(task.ID)
      this.#nodes.get(task.NodeID ?? '')?.add(task)
      return
    }
    const isMeant = compareStates(task.DesiredState, 'complete') <= 0
    if (task.NodeID !== undefined) {
      if (isMeant) this.#preassigned.add(task.ID)
      else this.#preassigned.delete(task.ID)
    } else {
      // One of an older spec is only taken off the list, below.
      this.#unassigned.add(task.ID)
      this.#isDue = true
    }
  }

  #forget(task: Task): void {
    this.#unassigned.delete(task.ID)
    this.#preassigned.delete(task.ID)
    if (this.#nodes.get(task.NodeID ?? '')?.remove(task.ID)) this.#isDue = true
  }

  #run(): void {
    const isDue = this.#isDue
    this.#isDue = false
    this.#world.store.commit(() => {
      for (const id of [...this.#preassigned]) this.#confirm(id)
    })
    if (isDue && this.#unassigned.size > 0) this.#schedule()
  }

  #confirm(id: string): void {
    const task = this.#world.store.tasks.get(id)
    const info = this.#nodes.get(task?.NodeID ?? '')
    if (!task || !info) return
    const pipeline = new Pipeline(task)
    if (pipeline.passes(info)) {
      this.#assign(task, info, 'scheduler confirmed task can run on preassigned node')
    } else {
      this.#explain(task, pipeline.explain())
    }
  }

  #schedule(): void {
    const { store } = this.#world
    const groups = new Map<string, Task[]>()
    for (const id of [...this.#unassigned]) {
      const task = store.tasks.get(id)
      if (!task) continue
      const key = `${task.ServiceID}/${task.hidden.specVersion}`
      const group = groups.get(key)
      if (group) group.push(task)
      else groups.set(key, [task])
    }
    store.commit(() => {
      for (const group of groups.values()) this.#scheduleGroup(group)
    })
  }

  #scheduleGroup(group: readonly Task[]): void {
    const wanted = group.filter((t) => compareStates(t.DesiredState, 'complete') <= 0)
    const { random, clock, store } = this.#world
    const { left, reason } = placeGroup(wanted, [...this.#nodes.values()], {
      random,
      now: clock.now,
      assign: (task, info) => this.#assign(task, info, 'scheduler assigned task to node'),
    })
    const text = reason ? `no suitable node (${reason})` : 'no suitable node'
    for (const task of new Set([...left, ...group.filter((t) => !wanted.includes(t))])) {
      const service = store.services.get(task.ServiceID)
      if (service && service.hidden.specVersion > task.hidden.specVersion) this.#drop(task)
      else if (wanted.includes(task)) this.#explain(task, text)
    }
  }

  #assign(task: Task, info: NodeInfo, message: string): void {
    const { store, clock } = this.#world
    const generic = info.add({ ...task, NodeID: info.node.ID })
    store.update('task', task.ID, (old) => ({
      ...old,
      NodeID: info.node.ID,
      ...(generic.length > 0 && { GenericResources: generic }),
      Status: {
        Timestamp: store.stamp(),
        State: 'assigned',
        Message: message,
        PortStatus: {},
      },
      hidden: { ...old.hidden, since: clock.now },
    }))
  }

  /** The date only moves when the text does. */
  #explain(task: Task, text: string): void {
    const { store } = this.#world
    store.update('task', task.ID, (old) =>
      old.Status.Err === text
        ? old
        : { ...old, Status: { ...old.Status, Timestamp: store.stamp(), Err: text } },
    )
  }

  /** A task that found no node before its service's spec moved on is given up. */
  #drop(task: Task): void {
    const { store, clock } = this.#world
    store.update('task', task.ID, ({ Status: { Err: _, ...Status }, ...old }) => ({
      ...old,
      Status: { ...Status, Timestamp: store.stamp(), State: 'shutdown' },
      hidden: { ...old.hidden, since: clock.now },
    }))
  }
}
