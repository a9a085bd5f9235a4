import { isOpen, type Operation } from '@skep/shared/contract/operation'
import type { FastifyBaseLogger } from 'fastify'
import { convergence } from '../domain/convergence.ts'
import { instant } from '../domain/instant.ts'
import { nodeFacts } from '../domain/node-facts.ts'
import type { ClusterState } from '../domain/state.ts'
import { tasksOfService } from '../domain/tasks-of.ts'
import { isOfNode, standingOf, type Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'

/**
 * Commands between the press and their observed end. Written down at every step, so that a
 * console that was killed in between goes on judging from what it finds.
 */
export type Operations = {
  /** What is tracked and what ended lately, by id; another object whenever one changed. */
  all(): Readonly<Record<string, Operation>>
  onChange(listener: () => void): () => void
  begin(operation: Operation, tracking: Tracking): Promise<void>
  /** The engine took it, and this is the spec that it left. */
  accept(id: string, specHash: string | null, version: number | null): Promise<Operation>
  /** The engine's answer was lost: it may or may not have been done. */
  doubt(id: string, why: string): Promise<Operation>
  /** The engine, or the state of the swarm, said no: nothing was done. */
  refuse(id: string, why: string): Promise<void>
  /** Which command left a service with this spec; `pending` while one is on its way. */
  causeOf(serviceId: string, specHash: string): Operation | 'pending' | null
  /** Takes up what was open when the console last ended, as soon as the memory tells. */
  start(): Promise<void>
  stop(): void
}

type Tracked = { operation: Operation; tracking: Tracking }

/** What the memory refused to take: the operation, and its end, if that is not told yet. */
type Unkept = { one: Tracked; end: Operation | null }

/** How long, and how many, of what ended stay on the screen. */
const shownFor = 15 * 60_000
const shownAtMost = 20

/** How often what depends on the clock is judged anew, in milliseconds. */
const revisit = 1_000

/** How often what the memory did not take, or did not give, is tried again. */
const remindAfter = 10_000

export function createOperations(
  mirror: Mirror,
  memory: Memory<Tracking>,
  log: FastifyBaseLogger,
): Operations {
  const tracked = new Map<string, Tracked>()
  const listeners = new Set<() => void>()
  let shown: Readonly<Record<string, Operation>> = {}
  const unkept = new Map<string, Unkept>()
  let isTakenUp = false
  let isToldOf = false
  let timer: NodeJS.Timeout | undefined
  let reminder: NodeJS.Timeout | undefined
  let unfollow = () => {}

  const publish = () => {
    // It is there to be read: by people, whose time passes as it does.
    const oldest = clock.now() - shownFor * Math.max(1, clock.speed() ?? 1)
    for (const [id, { operation }] of tracked) {
      const { endedAt } = operation
      if (endedAt !== null && Date.parse(endedAt) < oldest) tracked.delete(id)
    }
    const ended = [...tracked.values()].filter(({ operation }) => !isOpen(operation))
    for (const { operation } of ended.slice(0, -shownAtMost)) tracked.delete(operation.id)
    shown = Object.fromEntries([...tracked].map(([id, { operation }]) => [id, operation]))
    for (const listener of listeners) listener()
  }

  /** Judges what is open against what the swarm shows at this moment. */
  function look() {
    const state = mirror.state()
    const now = clock.ofManagers(state)
    let changed = false
    for (const one of tracked.values()) {
      if (!isOpen(one.operation) || isBehind(state, one.operation)) continue
      const found = standingOf(one.operation, one.tracking, state, now)
      const { state: became, sentence } = found
      one.tracking = found.tracking
      if (became === one.operation.state && sentence === one.operation.sentence) continue
      changed = true
      put(one, {
        state: became,
        sentence,
        ...(became === 'accepted' && {
          acceptedAt: one.operation.acceptedAt ?? instant(clock.now()),
        }),
      })
    }
    if (changed) publish()
  }

  /** Puts the next state of an operation on record; an end also into the journal. */
  function put(one: Tracked, fields: Partial<Operation>) {
    const was = one.operation
    const next = { ...was, ...fields }
    if (isOpen(was) && !isOpen(next)) next.endedAt = instant(clock.now())
    one.operation = next
    void keep({ one, end: isOpen(was) && !isOpen(next) ? next : null })
    return next
  }

  /** Writes down how an operation stands; what the memory refuses is tried again. */
  async function keep({ one, end }: Unkept) {
    const { operation, tracking } = one
    const waiting = unkept.get(operation.id)
    const untold = end ?? waiting?.end ?? null
    unkept.delete(operation.id)
    try {
      await memory.operations.save(operation, tracking)
      if (untold) await memory.journal.append(outcomeEntry(untold))
    } catch (err) {
      if (!unkept.has(operation.id)) unkept.set(operation.id, { one, end: untold })
      log.warn({ err, operation: operation.id }, 'an outcome is not kept yet')
    }
  }

  async function takeUp() {
    try {
      for (const { operation, tracking } of await memory.operations.open()) {
        if (!tracked.has(operation.id)) tracked.set(operation.id, { operation, tracking })
      }
      isTakenUp = true
    } catch (err) {
      if (!isToldOf) log.warn({ err }, 'what was open when the console ended is not known')
      isToldOf = true
    }
    publish()
  }

  async function remind() {
    if (!isTakenUp) await takeUp()
    for (const one of [...unkept.values()]) await keep(one)
  }

  const find = (id: string): Tracked => {
    const one = tracked.get(id)
    if (!one) throw new Error(`No operation ${id} is tracked`)
    return one
  }

  return {
    all: () => shown,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async begin(operation, tracking) {
      await memory.operations.save(operation, tracking)
      try {
        await memory.journal.append(intentEntry(operation, mirror.state()))
      } catch (error) {
        // It is on record as asked for, and must not stay so: nothing is sent.
        const sentence = 'It could not be written down in full: nothing was sent.'
        const endedAt = instant(clock.now())
        const dropped: Operation = { ...operation, state: 'failed', sentence, endedAt }
        void keep({ one: { operation: dropped, tracking }, end: null })
        throw error
      }
      tracked.set(operation.id, { operation, tracking })
      publish()
    },
    async accept(id, specHash, version) {
      const one = find(id)
      if (!isOfNode(one.tracking)) one.tracking = { ...one.tracking, specHash }
      put(one, {
        state: 'accepted',
        sentence: 'Accepted.',
        acceptedAt: instant(clock.now()),
        specVersion: version,
      })
      look()
      publish()
      return one.operation
    },
    async doubt(id, why) {
      const one = find(id)
      put(one, { sentence: `${why} What the swarm does next will tell.` })
      publish()
      return one.operation
    },
    async refuse(id, why) {
      put(find(id), { state: 'failed', sentence: why })
      publish()
    },
    causeOf(serviceId, hash) {
      const own = [...tracked.values()].filter(
        ({ operation }) => operation.subject.id === serviceId,
      )
      const cause = own.find(
        ({ tracking }) => !isOfNode(tracking) && tracking.specHash === hash,
      )
      if (cause) return cause.operation
      return own.some(({ operation }) => operation.state === 'requested') ? 'pending' : null
    },
    async start() {
      await takeUp()
      unfollow = mirror.onChange(look)
      timer = setInterval(look, revisit).unref()
      reminder = setInterval(() => void remind(), remindAfter).unref()
    },
    stop() {
      unfollow()
      clearInterval(timer)
      clearInterval(reminder)
    },
  }
}

/** Whether the mirror has yet to read what this operation wrote. */
export const isBehind = (
  state: ClusterState,
  { subject, specVersion }: Operation,
): boolean => {
  const { services, nodes } = state
  const found = subject.kind === 'node' ? nodes.get(subject.id) : services.get(subject.id)
  return found !== undefined && specVersion !== null && found.version < specVersion
}

const entry = (operation: Operation) => ({
  at: instant(clock.now()),
  subject: { kind: operation.subject.kind, name: operation.subject.name },
  related: [],
  slot: null,
  cause: null,
  operation: operation.id,
})

/** Who asked for what, of a service as it stood then, and knowing which warnings. */
function intentEntry(operation: Operation, state: ClusterState) {
  const { title, acknowledged, actor } = operation
  const ticked = acknowledged.map(({ id }) => id).join(', ')
  const found = standing(operation, state)
  return {
    ...entry(operation),
    kind: 'action' as const,
    tone: 'neutral' as const,
    sentence: [title, found && `found: ${found}`, ticked && `knowing of: ${ticked}`]
      .filter(Boolean)
      .join('; '),
    actor,
  }
}

function standing({ subject }: Operation, state: ClusterState): string | null {
  const service = subject.kind === 'service' ? state.services.get(subject.id) : undefined
  if (!service) return null
  const tasks = tasksOfService(state, service.id)
  const now = clock.ofManagers(state)
  return convergence(service, tasks, nodeFacts(state.nodes), now).convergence.sentence
}

function outcomeEntry(operation: Operation) {
  const { title, state, sentence, actor } = operation
  const tone = state === 'converged' ? 'ok' : state === 'failed' ? 'warning' : 'neutral'
  return {
    ...entry(operation),
    kind: 'outcome' as const,
    tone: tone as 'ok' | 'warning' | 'neutral',
    sentence: `${title}: ${sentence}`,
    actor,
  }
}
