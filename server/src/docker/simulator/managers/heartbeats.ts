import type { NodeState } from '../store/objects.ts'
import { compareStates, isPastRunning } from '../store/states.ts'
import { milliseconds, type World } from '../world.ts'

/** @see moby/swarmkit manager/dispatcher/nodes.go gracePeriodMultiplier */
const GRACE = 3
const UNKNOWN_GRACE = 6
const JITTER = 500

/** @see moby/swarmkit manager/dispatcher/dispatcher.go defaultNodeDownPeriod */
const ORPHANED_AFTER = 24 * 3_600_000

/** After a leader change. @see swarm-lab FACTS i */
const MANAGERS_RETURN = [1000, 4000] as const
const WORKERS_RETURN = [3000, 26_000] as const

const MOVED = 'Node moved to "unknown" state due to leadership change in cluster'

type Timer = { at: number; run: () => void; cancel: () => void }

/**
 * Which nodes the dispatcher takes for ready, down or unknown.
 * @see moby/swarmkit manager/dispatcher/dispatcher.go
 */
export class Heartbeats {
  readonly #world: World
  readonly #isReachable: (nodeId: string) => boolean
  /** What is to happen to a node next, and when. */
  readonly #timers = new Map<string, Timer>()

  constructor(world: World, isReachable: (nodeId: string) => boolean) {
    this.#world = world
    this.#isReachable = isReachable
  }

  /** The node's last heartbeat was up to one period ago. */
  miss(nodeId: string): void {
    const period = this.#period
    const since = this.#world.random.between(0, period)
    this.#later(nodeId, GRACE * period - since, () => {
      this.#set(nodeId, 'down', 'heartbeat failure')
    })
  }

  /** The node has found a manager again. */
  resume(nodeId: string, delay: number, onReady: () => void): void {
    this.#later(nodeId, delay, () => {
      this.#set(nodeId, 'ready')
      onReady()
    })
  }

  /** A new leader knows of no node whether it is there. */
  restart(managers: ReadonlySet<string>, onReady: (nodeId: string) => void): void {
    const { store, random } = this.#world
    store.commit(() => {
      for (const { ID, Status } of store.nodes.values()) {
        if (Status.State === 'down') {
          this.#orphanLater(ID)
          continue
        }
        this.#set(ID, 'unknown', MOVED)
        if (this.#isReachable(ID)) {
          const range = managers.has(ID) ? MANAGERS_RETURN : WORKERS_RETURN
          this.resume(ID, random.within(range), () => onReady(ID))
        } else {
          const wait = UNKNOWN_GRACE * this.#period + random.between(-JITTER, JITTER)
          this.#later(ID, wait, () => {
            this.#set(ID, 'down', 'heartbeat failure for node in "unknown" state')
          })
        }
      }
    })
  }

  /** Without a leader nobody counts. */
  suspend(): void {
    for (const { cancel } of this.#timers.values()) cancel()
  }

  /** The leader keeps its place: what fell due while it could not write is done at once. */
  goOn(): void {
    const { now } = this.#world.clock
    for (const [id, { at, run }] of [...this.#timers]) this.#later(id, at - now, run)
  }

  forget(nodeId: string): void {
    this.#timers.get(nodeId)?.cancel()
    this.#timers.delete(nodeId)
  }

  get #period(): number {
    const { HeartbeatPeriod = 5e9 } = this.#world.store.cluster.Spec.Dispatcher
    return milliseconds(HeartbeatPeriod) + this.#world.random.between(-JITTER, JITTER)
  }

  #set(nodeId: string, State: NodeState, Message?: string): void {
    const { store } = this.#world
    store.commit(() =>
      store.update('node', nodeId, (node) => ({
        ...node,
        Status: { State, ...(Message && { Message }), Addr: node.Status.Addr },
      })),
    )
    if (State === 'down') this.#orphanLater(nodeId)
  }

  /** @see moby/swarmkit manager/dispatcher/dispatcher.go moveTasksToOrphaned */
  #orphanLater(nodeId: string): void {
    this.#later(nodeId, ORPHANED_AFTER, () => orphanTasks(this.#world, nodeId))
  }

  #later(nodeId: string, delay: number, run: () => void): void {
    this.forget(nodeId)
    const { clock } = this.#world
    const cancel = clock.schedule(delay, () => {
      this.#timers.delete(nodeId)
      run()
    })
    this.#timers.set(nodeId, { at: clock.now + delay, run, cancel })
  }
}

/** Tasks of a node that is given up: whatever they were, nobody will ever know. */
export function orphanTasks(
  { store, clock }: World,
  nodeId: string,
  Message?: string,
): void {
  store.commit(() => {
    for (const { ID, Status } of store.tasks.by('node', nodeId)) {
      const mayRun =
        compareStates(Status.State, 'assigned') >= 0 && !isPastRunning(Status.State)
      if (!mayRun) continue
      store.update('task', ID, (task) => ({
        ...task,
        Status: {
          ...task.Status,
          Timestamp: store.stamp(),
          State: 'orphaned',
          ...(Message && { Message }),
        },
        hidden: { ...task.hidden, since: clock.now },
      }))
    }
  })
}
