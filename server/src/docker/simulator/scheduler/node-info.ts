import type { Node, Task } from '../store/objects.ts'
import type { GenericResource, Resources } from '../store/specs.ts'
import { compareStates } from '../store/states.ts'
import { claim, giveBack, reservationsOf, take } from './resources.ts'
import { Tally } from './tally.ts'

/** @see moby/swarmkit manager/scheduler/scheduler.go monitorFailures */
const FAILURE_MEMORY = 5 * 60_000

type Held = { task: Task; taken: Resources; counts: boolean }

/**
 * What a node has left to give. Tasks count while they are assigned to running, whatever
 * they are meant to be: one that stops still holds its share.
 * @see moby/swarmkit manager/scheduler/nodeinfo.go
 */
export class NodeInfo {
  node: Node
  free: Resources
  /** Tasks that are meant to run, of all services and of each. */
  active = 0
  readonly #byService = new Tally()
  readonly #held = new Map<string, Held>()
  readonly #ports = new Tally()
  readonly #failures = new Map<string, number[]>()

  constructor(node: Node) {
    this.node = node
    this.free = node.Description.Resources
  }

  /** The node's size may have changed. */
  replace(node: Node): void {
    if (node.Description !== this.node.Description) {
      this.free = node.Description.Resources
      for (const { taken } of this.#held.values()) this.free = take(this.free, taken)
    }
    this.node = node
  }

  activeOf(serviceId: string): number {
    return this.#byService.of(serviceId)
  }

  uses(port: string): boolean {
    return this.#ports.of(port) > 0
  }

  /** Answers the generic resources that the task got. */
  add(task: Task): GenericResource[] {
    const counts = compareStates(task.DesiredState, 'complete') <= 0
    const held = this.#held.get(task.ID)
    if (held) {
      held.task = task
      if (held.counts !== counts) this.#count(task, counts ? 1 : -1)
      held.counts = counts
      return held.taken.GenericResources ?? []
    }
    const asked = reservationsOf(task.Spec)
    const GenericResources = task.GenericResources ?? claim(this.free, asked)
    const taken = { ...asked, GenericResources }
    this.#held.set(task.ID, { task, taken, counts })
    this.free = take(this.free, taken)
    for (const port of hostPortsOf(task)) this.#ports.add(port, 1)
    if (counts) this.#count(task, 1)
    return GenericResources
  }

  /** Whether the task was here. */
  remove(taskId: string): boolean {
    const held = this.#held.get(taskId)
    if (!held) return false
    this.#held.delete(taskId)
    this.free = giveBack(this.free, held.taken)
    for (const port of hostPortsOf(held.task)) this.#ports.add(port, -1)
    if (held.counts) this.#count(held.task, -1)
    return true
  }

  noteFailure(task: Task, now: number): void {
    const key = failureKey(task)
    const isRecent = (at: number) => now - at < FAILURE_MEMORY
    const recent = (this.#failures.get(key) ?? []).filter(isRecent)
    this.#failures.set(key, [...recent, now])
    for (const [other, times] of this.#failures) {
      if (!times.some(isRecent)) this.#failures.delete(other)
    }
  }

  recentFailures(task: Task, now: number): number {
    if (this.#failures.size === 0) return 0
    const times = this.#failures.get(failureKey(task))
    return times ? times.filter((at) => now - at < FAILURE_MEMORY).length : 0
  }

  #count({ ServiceID }: Task, by: 1 | -1): void {
    this.active += by
    this.#byService.add(ServiceID, by)
  }
}

/** `tcp/8080`, for each port of the host that the task wants. */
export function hostPortsOf({ hidden }: Task): string[] {
  return (hidden.endpoint?.Ports ?? [])
    .filter(
      ({ PublishMode, PublishedPort = 0 }) => PublishMode === 'host' && PublishedPort > 0,
    )
    .map(({ Protocol = 'tcp', PublishedPort }) => `${Protocol}/${PublishedPort}`)
}

function failureKey({ ServiceID, hidden }: Task): string {
  return `${ServiceID}/${hidden.specVersion}`
}
