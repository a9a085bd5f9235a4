import type { FastifyBaseLogger } from 'fastify'
import { instant } from '../domain/instant.ts'
import type { Residency, Stay } from '../domain/residency.ts'
import { remembered } from '../domain/residency-bounds.ts'
import { heirs } from '../domain/residency-heirs.ts'
import { type Advance, advance, ended, joined } from '../domain/residency-ledger.ts'
import { type Move, moves } from '../domain/residency-moves.ts'
import type { ClusterState, Millis } from '../domain/state.ts'
import type { Journal, NewEntry } from '../memory/journal.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'

/** Where the node-local volumes of the services are and were, kept across restarts. */
export type ResidencyLedger = {
  /** Another object whenever something in it changed; stays of a service likewise. */
  current(): Residency
  onChange(listener: () => void): () => void
  /** Takes up what was written down, and follows the mirror from then on. */
  start(): Promise<void>
  /** Writes what waits, if it can. */
  stop(): Promise<void>
}

type Around = {
  mirror: Pick<Mirror, 'state' | 'onChange'>
  memory: Pick<Memory<unknown>, 'residency'>
  journal: Pick<Journal, 'note'>
  log: Pick<FastifyBaseLogger, 'warn'>
}

/** Before what could not be read or written is tried again, in milliseconds. */
const retryAfter = 10_000

export function createResidencyLedger(around: Around): ResidencyLedger {
  const { mirror, memory, journal, log } = around
  const { residency: kept } = memory
  const listeners = new Set<() => void>()
  /** Of the services that it tells of, also of those that were removed. */
  const names = new Map<string, string>()
  /**
   * Of each service, where its volumes last came to, as it was told: a node that is back tells
   * it again.
   */
  const told = new Map<string, Map<string, Millis>>()
  const unwritten = new Set<string>()
  let residency: Residency = new Map()
  let seen: ClusterState | null = null
  let loaded = false
  let unfollow = () => {}
  let retry: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function look() {
    const state = mirror.state()
    if (state.swarm.state !== 'live' || state === seen) return
    const before = handedOver(state)
    const next = advance(before, state, clock.ofManagers(state), seen)
    seen = state
    if (next.residency === residency) return
    const news = moves(before, next, state).filter(isNews)
    if (news.length > 0) journal.note(news.map(entryOf))
    keep(next, state)
    write()
    for (const listener of listeners) listener()
  }

  /** The swarm is followed on, whatever becomes of this. */
  function lookIfAble() {
    try {
      look()
    } catch (err) {
      log.warn({ err }, 'where volumes are could not be told')
    }
  }

  /** What is known, with what is known of a service's namesake before it as its own. */
  function handedOver(state: ClusterState): Residency {
    if (state.services === seen?.services) return residency
    const inherited = heirs(residency, names, state)
    if (inherited.size === 0) return residency
    const next = new Map(residency)
    for (const [id, old] of inherited) {
      next.set(id, ended(next.get(old) ?? [], clock.ofManagers(state)))
      next.delete(old)
      names.set(id, names.get(old) ?? '')
      names.delete(old)
      told.set(id, told.get(old) ?? new Map())
      told.delete(old)
      unwritten.add(old).add(id)
    }
    return next
  }

  /** Takes on what is new, and lets go of what is too old to be told of. */
  function keep({ residency: all, changed }: Advance, state: ClusterState) {
    const oldest = kept.oldest()
    const next = new Map(all)
    for (const id of changed) {
      unwritten.add(id)
      names.set(id, state.services.get(id)?.name ?? names.get(id) ?? '')
      next.set(id, remembered(next.get(id) ?? [], oldest))
    }
    for (const [id, stays] of next) {
      const isOver = ({ to }: Stay) => to !== null && to < oldest
      if (state.services.has(id) || !stays.every(isOver)) continue
      next.delete(id)
      names.delete(id)
      told.delete(id)
    }
    residency = next
  }

  const isNews = ({ serviceId, to }: Move): boolean => {
    const own = told.get(serviceId) ?? new Map<string, Millis>()
    const key = JSON.stringify([to.volume, to.nodeId])
    if (own.get(key) === to.from) return false
    told.set(serviceId, own.set(key, to.from))
    return true
  }

  function write() {
    if (!loaded || unwritten.size === 0) return
    writing = writing.then(async () => {
      const ids = [...unwritten]
      unwritten.clear()
      if (ids.length === 0) return
      const rows = ids.map((serviceId) => ({
        serviceId,
        service: names.get(serviceId) ?? '',
        stays: residency.get(serviceId) ?? [],
      }))
      await kept.save(rows).catch((err) => {
        for (const id of ids) unwritten.add(id)
        log.warn({ err }, 'where volumes are was not written down')
        again(write)
      })
    })
  }

  function again(work: () => void) {
    clearTimeout(retry)
    retry = setTimeout(work, retryAfter).unref()
  }

  /** Joins what was written down with what was seen before it could be read. */
  async function load() {
    try {
      const next = new Map<string, readonly Stay[]>()
      for (const { serviceId, service, stays } of await kept.load()) {
        names.set(serviceId, names.get(serviceId) ?? service)
        next.set(serviceId, stays)
      }
      for (const [id, stays] of residency) {
        next.set(id, joined(next.get(id) ?? [], stays, mirror.state().nodes))
        unwritten.add(id)
      }
      residency = next
      seen = null
      loaded = true
      look()
      write()
    } catch (err) {
      log.warn({ err }, 'where volumes were is not known yet')
      again(() => void load())
    }
  }

  return {
    current: () => residency,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start() {
      await load()
      unfollow = mirror.onChange(lookIfAble)
    },
    async stop() {
      unfollow()
      clearTimeout(retry)
      await writing
    },
  }
}

function entryOf({ service, from, to, sentence }: Move): NewEntry {
  const nodes = [...new Set([from.node, to.node])]
  return {
    at: instant(clock.now()),
    kind: 'transition',
    tone: 'warning',
    subject: { kind: 'service', name: service },
    related: nodes.map((name) => ({ kind: 'node', name })),
    slot: null,
    sentence,
    cause: null,
    actor: null,
    operation: null,
  }
}
