import type { Random } from '../random.ts'
import type { Task, TaskStatus } from '../store/objects.ts'
import { compareStates, type TaskState } from '../store/states.ts'
import { milliseconds, type World } from '../world.ts'
import type { Behaviour, ImageBehaviour } from './behaviour.ts'
import type { Container, ContainerList } from './containers.ts'
import { missingSource } from './mounts.ts'

/** @see moby/swarmkit api/defaults/service.go */
const DEFAULT_GRACE = 10e9

export type Report = (
  taskId: string,
  status: Partial<TaskStatus> & { State: TaskState },
) => void

export type RunOptions = {
  world: World
  random: Random
  behaviour: ImageBehaviour
  /** Milliseconds until the image is here. */
  pull(behaviour: Behaviour): number
  containers: ContainerList
  report: Report
}

/**
 * One task on its node, from acceptance to the end of its container.
 * @see moby/swarmkit agent/exec/controller.go Do, agent/task.go
 */
export class Run {
  readonly #options: RunOptions
  #task: Task
  #phase: 'preparing' | 'ready' | 'starting' | 'running' | 'stopping' | 'ended' =
    'preparing'
  #container: Container | null = null
  readonly #timers = new Set<() => void>()

  constructor(task: Task, options: RunOptions) {
    this.#task = task
    this.#options = options
    const { random } = options
    this.#report('accepted', 'accepted')
    this.#after(random.between(10, 40), () => this.#prepare())
  }

  /** The managers' wishes may have changed. */
  follow(task: Task): void {
    this.#task = task
    if (this.#phase === 'ended' || this.#phase === 'stopping') return
    if (compareStates(task.DesiredState, 'shutdown') >= 0) this.#stop()
    else if (this.#phase === 'ready') this.#startIfWanted()
  }

  /** The task is gone from the store, or the node has no power: nobody is told. */
  abandon(exitCode: number): void {
    this.#end()
    if (this.#container) this.#options.containers.end(this.#container, exitCode)
  }

  #prepare(): void {
    const { behaviour, pull } = this.#options
    this.#report('preparing', 'preparing')
    const problem = missingSource(this.#task)
    if (behaviour === 'missing' || problem) {
      const Err = problem ?? `No such image: ${this.#task.Spec.ContainerSpec?.Image ?? ''}`
      this.#after(120, () => this.#finish('rejected', 'preparing', Err))
      return
    }
    this.#after(pull(behaviour) + this.#options.random.between(80, 200), () => {
      this.#container = this.#options.containers.create(this.#task, behaviour)
      this.#phase = 'ready'
      this.#report('ready', 'prepared')
      this.#startIfWanted()
    })
  }

  #startIfWanted(): void {
    if (compareStates(this.#task.DesiredState, 'running') < 0) return
    const { behaviour } = this.#options
    const container = this.#container
    if (behaviour === 'missing' || !container) return
    this.#phase = 'starting'
    this.#after(this.#options.random.between(60, 120), () => {
      const { exit } = behaviour
      if (exit && 'error' in exit) {
        this.#options.containers.end(container, 127)
        return this.#finish('failed', 'starting', exit.error)
      }
      this.#report('starting', 'starting')
      this.#after(behaviour.start, () => {
        this.#options.containers.begin(container)
        this.#report('starting', 'starting')
        if (exit) this.#after(exit.after, () => this.#exit(exit.code))
        this.#checkHealth(behaviour)
      })
    })
  }

  #checkHealth({ health, stop }: Behaviour): void {
    const run = () => {
      this.#phase = 'running'
      this.#report('running', 'started')
    }
    if (!health) run()
    if (!health || health.after === Number.POSITIVE_INFINITY) return
    this.#after(health.after, () => {
      if (health.ends === 'healthy') return run()
      // The agent ends an unhealthy container as it ends any other.
      this.#after(stop?.after ?? this.#grace(), () => {
        const code = stop ? stop.code : 137
        if (code === 0) return this.#exit(0)
        this.#close(code)
        const Err = `task: non-zero exit (${code}): dockerexec: unhealthy container`
        this.#finish('failed', 'starting', Err)
      })
    })
  }

  #exit(code: number): void {
    this.#close(code)
    if (code === 0) this.#finish('complete', 'finished')
    else this.#finish('failed', 'started', `task: non-zero exit (${code})`)
  }

  #stop(): void {
    const { behaviour, random } = this.#options
    const runs = this.#container?.isRunning === true
    const wasRunning = this.#phase === 'running'
    this.#end()
    this.#phase = 'stopping'
    if (!runs || behaviour === 'missing') {
      this.#after(random.between(20, 80), () => {
        this.#close(0)
        this.#finish('shutdown', 'shutdown')
      })
      return
    }
    // Until it has ended, its exit code is -1.
    if (wasRunning) this.#report('running', 'started')
    const { stop } = behaviour
    const grace = this.#grace()
    const heeds = stop !== null && stop.after < grace
    this.#after(heeds ? stop.after : grace + 100, () => {
      this.#close(heeds ? stop.code : 137)
      this.#finish('shutdown', 'shutdown')
    })
  }

  #grace(): number {
    return milliseconds(this.#task.Spec.ContainerSpec?.StopGracePeriod ?? DEFAULT_GRACE)
  }

  #close(code: number): void {
    if (this.#container) this.#options.containers.end(this.#container, code)
  }

  #finish(state: TaskState, message: string, Err?: string): void {
    this.#report(state, message, Err)
    this.#end()
  }

  #end(): void {
    this.#phase = 'ended'
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
  }

  #after(delay: number, run: () => void): void {
    const cancel = this.#options.world.clock.schedule(delay, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
  }

  #report(State: TaskState, Message: string, Err?: string): void {
    const container = this.#container
    const isKnown = container !== null && compareStates(State, 'ready') > 0
    this.#options.report(this.#task.ID, {
      State,
      Message,
      ...(Err !== undefined && { Err }),
      PortStatus: container?.isRunning ? portStatus(this.#task) : {},
      ...(isKnown && {
        ContainerStatus: {
          ContainerID: container.id,
          PID: container.isRunning ? container.pid : 0,
          ExitCode: container.exitCode ?? (this.#phase === 'stopping' ? -1 : 0),
        },
      }),
    })
  }
}

/**
 * The ports of the node that a running container has.
 * @see moby/moby daemon/cluster/executor/container/controller.go, parsePortMap
 */
function portStatus({ hidden }: Task): TaskStatus['PortStatus'] {
  const ports = (hidden.endpoint?.Ports ?? []).filter(
    ({ PublishMode, PublishedPort }) => PublishMode === 'host' && PublishedPort,
  )
  if (ports.length === 0) return {}
  return {
    Ports: ports.map(({ Protocol = 'tcp', TargetPort, PublishedPort }) => ({
      Protocol,
      ...(TargetPort !== undefined && { TargetPort }),
      ...(PublishedPort !== undefined && { PublishedPort }),
      PublishMode: 'host',
    })),
  }
}
