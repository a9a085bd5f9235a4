import type { World } from '../world.ts'
import { gateFor } from './gate.ts'
import { type Phase, quorumOf } from './raft.ts'
import { LOCKED, NO_LEADER } from './texts.ts'

/** @see swarm-lab FACTS i: about ten seconds, ten ticks of one second and some chance */
const ELECTION = [9000, 11_000] as const
const STEP_DOWN = [10_000, 14_000] as const

export type ManagersOptions = {
  world: World
  isReachable(nodeId: string): boolean
  hasLeft(nodeId: string): boolean
  /** The swarm is without a leader: nothing is decided any more. */
  onLeaderLost(): void
  /** A manager leads, `isNew` if it did not before: it knows nothing of the nodes then. */
  onLeader(nodeId: string, options: { isNew: boolean }): void
}

type Asked = { method: string; path: string; signal: AbortSignal }

export type ManagerStatus = { Leader?: true; Reachability: string; Addr: string }

/** The managers, as operators see them: who leads, who is there, who is locked. */
export class Managers {
  readonly #options: ManagersOptions
  readonly #members = new Set<string>()
  readonly #locked = new Set<string>()
  readonly #waiting = new Set<() => void>()
  /** What leaders were told to write when they had lost their quorum, and have in their log. */
  #unwritten: { leader: string; write: () => void }[] = []
  #phase: Phase = { name: 'electing' }
  #cancel: (() => void) | null = null

  constructor(options: ManagersOptions) {
    this.#options = options
  }

  /** The first manager of a new swarm leads it. */
  begin(nodeId: string): void {
    this.#members.add(nodeId)
    this.#phase = { name: 'led', leader: nodeId }
  }

  get phase(): Phase {
    return this.#phase
  }

  get leader(): string | null {
    return this.#phase.name === 'led' ? this.#phase.leader : null
  }

  /** Of raft: all that it counts, there or not. */
  get members(): ReadonlySet<string> {
    return this.#members
  }

  /** Raft counts one that has left as well; by itself it is an engine like any other. */
  isManager(nodeId: string): boolean {
    return this.#members.has(nodeId) && !this.#options.hasLeft(nodeId)
  }

  isLocked(nodeId: string): boolean {
    return this.#locked.has(nodeId)
  }

  lock(nodeId: string): void {
    this.#locked.add(nodeId)
    this.review()
  }

  unlock(nodeId: string): void {
    this.#locked.delete(nodeId)
    this.review()
  }

  /** Of members only, as the leader sees them. */
  statusOf(nodeId: string): ManagerStatus | null {
    if (!this.#members.has(nodeId)) return null
    const node = this.#options.world.store.nodes.get(nodeId)
    return {
      ...(this.leader === nodeId && { Leader: true as const }),
      Reachability: this.takesPart(nodeId) ? 'reachable' : 'unreachable',
      Addr: `${node?.Status.Addr}:2377`,
    }
  }

  /** What `GET /info` says is wrong; nothing as long as reads are answered. */
  errorAt(nodeId: string): string {
    if (this.#locked.has(nodeId)) return LOCKED
    return this.canRead(nodeId) || !this.#members.has(nodeId) ? '' : NO_LEADER
  }

  canRead(nodeId: string): boolean {
    if (!this.#members.has(nodeId) || !this.takesPart(nodeId)) return false
    const { name } = this.#phase
    return name === 'led' || (name === 'stale' && this.#phase.leader === nodeId)
  }

  add(nodeId: string): void {
    this.#members.add(nodeId)
    this.review()
  }

  remove(nodeId: string): void {
    this.#members.delete(nodeId)
    this.#locked.delete(nodeId)
    // A leader that is demoted hands over first.
    const isLeader = this.leader === nodeId
    const [heir] = this.present
    if (isLeader && heir) this.#lead(heir)
    else this.review()
  }

  /** Members that take part now. */
  get present(): string[] {
    return [...this.#members].filter((id) => this.takesPart(id))
  }

  /** To be called when managers came, went, or lost their connection. */
  review(): void {
    const { present } = this
    const isQuorate = present.length >= quorumOf(this.#members.size)
    const phase = this.#phase
    if (phase.name === 'led' || phase.name === 'stale') {
      const hasLeader = present.includes(phase.leader)
      if (hasLeader && isQuorate) {
        if (phase.name === 'stale') this.#become({ name: 'led', leader: phase.leader })
        return
      }
      if (hasLeader && phase.name === 'led') this.#doubt(phase.leader)
      else if (!hasLeader) this.#lose(isQuorate)
      return
    }
    if (isQuorate && phase.name === 'lost') this.#elect()
    else if (!isQuorate && phase.name === 'electing') this.#lose(false)
  }

  /**
   * Lets a request in, makes it wait, or refuses it as the engine would.
   * @param write what was asked, for a refusal that is carried out after all
   */
  admit(
    nodeId: string,
    { method, path, signal, write }: Asked & { write: () => void },
  ): Promise<void> {
    return gateFor({
      managers: this,
      clock: this.#options.world.clock,
      nodeId,
      hasLeft: this.#options.hasLeft(nodeId),
      isWrite: method !== 'GET' && method !== 'HEAD',
      path,
      onChange: (heard) => {
        this.#waiting.add(heard)
        return () => this.#waiting.delete(heard)
      },
      onLostWrite: () => this.#unwritten.push({ leader: nodeId, write }),
      signal,
    })
  }

  /** Whether it is there for the others, as a manager or a worker: one that is locked is not. */
  takesPart(nodeId: string): boolean {
    return this.#options.isReachable(nodeId) && !this.#locked.has(nodeId)
  }

  #doubt(leader: string): void {
    const { clock, random } = this.#options.world
    this.#become({ name: 'stale', leader, since: clock.now })
    this.#options.onLeaderLost()
    this.#cancel = clock.schedule(random.within(STEP_DOWN), () => {
      this.#become({ name: 'lost', since: clock.now })
    })
  }

  #lose(isQuorate: boolean): void {
    const wasLed = this.#phase.name === 'led'
    if (wasLed) this.#options.onLeaderLost()
    if (isQuorate) this.#elect()
    else this.#become({ name: 'lost', since: this.#options.world.clock.now })
  }

  #elect(): void {
    const { clock, random } = this.#options.world
    this.#become({ name: 'electing' })
    this.#cancel = clock.schedule(random.within(ELECTION), () => {
      const { present } = this
      const drawn = present[Math.floor(random.next() * present.length)]
      // Nobody votes for one whose log is shorter than his own.
      const longer = this.#unwritten.find(({ leader }) => present.includes(leader))
      const heir = longer?.leader ?? drawn
      if (heir) this.#lead(heir)
    })
  }

  #lead(nodeId: string): void {
    this.#become({ name: 'led', leader: nodeId })
    this.#options.onLeader(nodeId, { isNew: true })
    const unwritten = this.#unwritten
    this.#unwritten = []
    for (const { leader, write } of unwritten) if (leader === nodeId) write()
  }

  #become(phase: Phase): void {
    this.#cancel?.()
    this.#cancel = null
    const before = this.#phase
    this.#phase = phase
    // The leader that noticed nothing keeps its place.
    if (before.name === 'stale' && phase.name === 'led' && before.leader === phase.leader) {
      this.#options.onLeader(phase.leader, { isNew: false })
    }
    for (const heard of [...this.#waiting]) heard()
  }
}
