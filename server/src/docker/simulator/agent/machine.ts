import { forAll } from '../for-all.ts'
import { isJob } from '../orchestrator/modes.ts'
import type { Random } from '../random.ts'
import type { Task } from '../store/objects.ts'
import { compareStates, isPastRunning } from '../store/states.ts'
import type { World } from '../world.ts'
import { ContainerList } from './containers.ts'
import type { Dispatcher } from './dispatcher.ts'
import { behaviourOf, type ImageBook } from './images.ts'
import { type Report, Run } from './run.ts'

/** How long the dispatcher collects assignments. @see moby/swarmkit dispatcher.go */
const BATCH = 60

export type MachineOptions = {
  world: World
  nodeId: string
  random: Random
  book: ImageBook
  dispatcher: Dispatcher
}

/** A machine of the swarm: what it runs, has pulled and keeps, and whether it is there. */
export class Machine {
  readonly #options: MachineOptions
  readonly #runs = new Map<string, Run>()
  readonly #images = new Set<string>()
  readonly #dirty = new Set<string>()
  readonly #unsent = new Map<string, Parameters<Report>[1]>()
  readonly containers: ContainerList
  hasPower = true
  /** The cable to the managers. */
  isLinked = true
  /** It was told to leave the swarm: it is an engine like any other now. */
  hasLeft = false
  #isDelivering = false
  readonly #powerless = new Set<() => void>()

  constructor(options: MachineOptions) {
    this.#options = options
    this.containers = new ContainerList(options.world, options.random)
  }

  get isReachable(): boolean {
    return this.hasPower && this.isLinked && !this.hasLeft
  }

  /** A task of this node was changed or deleted. */
  hear(taskId: string): void {
    this.#dirty.add(taskId)
    if (this.#isDelivering || !this.isReachable) return
    this.#isDelivering = true
    const { world, random } = this.#options
    world.clock.schedule(random.between(BATCH / 2, BATCH), () => {
      this.#isDelivering = false
      this.#deliver()
    })
  }

  /** `cut` is called whenever the power fails: nobody is answered any more. */
  whenPowerFails(cut: () => void): () => void {
    this.#powerless.add(cut)
    return () => this.#powerless.delete(cut)
  }

  /** All containers end at once; images and volumes stay. */
  losePower(): void {
    this.hasPower = false
    for (const cut of this.#powerless) cut()
    this.stopAll()
  }

  /** Nobody is told; images and volumes stay. */
  stopAll(): void {
    this.#unsent.clear()
    for (const [taskId, run] of this.#runs) {
      run.abandon(255)
      // What had not begun is begun anew.
      if (this.containers.ofTask(taskId)?.startedAt === null) this.containers.remove(taskId)
    }
    this.#runs.clear()
  }

  /** Tells what became of its tasks, and takes up those that are still wanted. */
  reconnect(): void {
    const { world, nodeId, dispatcher } = this.#options
    for (const [taskId, status] of this.#unsent) dispatcher.report(taskId, status)
    this.#unsent.clear()
    for (const task of world.store.tasks.by('node', nodeId)) {
      const container = this.containers.ofTask(task.ID)
      if (!this.#runs.has(task.ID) && container && !isPastRunning(task.Status.State)) {
        this.#report(task.ID, {
          State: 'failed',
          Message: 'started',
          Err: `task: non-zero exit (${container.exitCode ?? 255})`,
          ContainerStatus: {
            ContainerID: container.id,
            PID: 0,
            ExitCode: container.exitCode ?? 255,
          },
          PortStatus: {},
        })
      } else {
        this.hear(task.ID)
      }
    }
    for (const id of this.#dirty) this.hear(id)
  }

  get images(): ReadonlySet<string> {
    return this.#images
  }

  #deliver(): void {
    if (!this.isReachable) return
    const ids = [...this.#dirty]
    this.#dirty.clear()
    forAll(ids, (id) => this.#receive(id))
  }

  #receive(taskId: string): void {
    const { world, nodeId } = this.#options
    const task = world.store.tasks.get(taskId)
    const run = this.#runs.get(taskId)
    if (!task || task.NodeID !== nodeId) {
      run?.abandon(0)
      this.#runs.delete(taskId)
      this.containers.remove(taskId)
    } else if (run) {
      run.follow(task)
    } else if (isMine(task) && !this.containers.ofTask(taskId)) {
      this.#begin(task).follow(task)
    }
  }

  #begin(task: Task): Run {
    const { world, random, book } = this.#options
    const service = world.store.services.get(task.ServiceID)
    const image = task.Spec.ContainerSpec?.Image ?? ''
    const run = new Run(task, {
      world,
      random,
      behaviour: behaviourOf(task.Spec.ContainerSpec ?? {}, {
        isJob: service !== undefined && isJob(service),
        book,
        random,
      }),
      pull: ({ pull }) => {
        if (this.#images.has(image)) return 0
        this.#images.add(image)
        return pull
      },
      containers: this.containers,
      report: (id, status) => this.#report(id, status),
    })
    this.#runs.set(task.ID, run)
    return run
  }

  #report(taskId: string, status: Parameters<Report>[1]): void {
    if (this.isReachable) this.#options.dispatcher.report(taskId, status)
    else this.#unsent.set(taskId, status)
  }
}

/** From assigned to running: before, it is the managers' affair, and after, history. */
function isMine({ Status }: Task): boolean {
  return compareStates(Status.State, 'assigned') >= 0 && !isPastRunning(Status.State)
}
