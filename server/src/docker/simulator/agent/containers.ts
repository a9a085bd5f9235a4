import type { Random } from '../random.ts'
import type { Task } from '../store/objects.ts'
import type { Labels } from '../store/specs.ts'
import type { World } from '../world.ts'
import type { Behaviour } from './behaviour.ts'

export type Container = {
  readonly id: string
  readonly pid: number
  readonly name: string
  readonly task: Task
  readonly behaviour: Behaviour
  readonly createdAt: number
  startedAt: number | null
  endedAt: number | null
  exitCode: number | null
  readonly isRunning: boolean
}

export type Volume = {
  Name: string
  Driver: string
  Labels: Labels | null
  Options: Labels | null
  CreatedAt: string
}

/** The containers and the named volumes of one node. Volumes outlive everything. */
export class ContainerList {
  readonly #world: World
  readonly #random: Random
  readonly #containers = new Map<string, Container>()
  readonly #byTask = new Map<string, Container>()
  readonly volumes = new Map<string, Volume>()
  #pid = 400

  constructor(world: World, random: Random) {
    this.#world = world
    this.#random = random
  }

  all(): Container[] {
    return [...this.#containers.values()]
  }

  ofTask(taskId: string): Container | undefined {
    return this.#byTask.get(taskId)
  }

  create(task: Task, behaviour: Behaviour): Container {
    this.#pid += 1 + Math.floor(this.#random.next() * 30)
    const container: Container = {
      id: this.#random.hex(64),
      pid: this.#pid,
      name: taskName(task),
      task,
      behaviour,
      createdAt: this.#world.clock.now,
      startedAt: null,
      endedAt: null,
      exitCode: null,
      get isRunning() {
        return this.startedAt !== null && this.endedAt === null
      },
    }
    this.#containers.set(container.id, container)
    this.#byTask.set(task.ID, container)
    this.#createVolumes(task)
    return container
  }

  begin(container: Container): void {
    container.startedAt = this.#world.clock.now
  }

  end(container: Container, exitCode: number): void {
    if (container.endedAt !== null) return
    container.endedAt = this.#world.clock.now
    container.exitCode = exitCode
  }

  /** The agent removes a container when its task is deleted. */
  remove(taskId: string): void {
    const container = this.#byTask.get(taskId)
    this.#byTask.delete(taskId)
    if (container) this.#containers.delete(container.id)
  }

  #createVolumes(task: Task): void {
    for (const { Type, Source, VolumeOptions } of task.Spec.ContainerSpec?.Mounts ?? []) {
      if (Type !== 'volume' || !Source || this.volumes.has(Source)) continue
      this.volumes.set(Source, {
        Name: Source,
        Driver: VolumeOptions?.DriverConfig?.Name || 'local',
        Labels: VolumeOptions?.Labels ?? null,
        Options: VolumeOptions?.DriverConfig?.Options ?? null,
        CreatedAt: `${new Date(this.#world.clock.now).toISOString().slice(0, 19)}Z`,
      })
    }
  }
}

/** @see moby/swarmkit api/naming/naming.go Task */
export function taskName({ hidden, Slot, NodeID, ID }: Task): string {
  return `${hidden.serviceName}.${Slot || NodeID || '0'}.${ID}`
}
