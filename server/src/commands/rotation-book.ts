import type { FastifyBaseLogger } from 'fastify'
import type { RotationRecord } from '../domain/rotation-record.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { NewEntry } from '../memory/journal.ts'
import type { Memory } from '../memory/memory.ts'
import { notWrittenDown } from './failure.ts'
import { Refusal } from './refusal.ts'
import { actEntry, newsOf } from './rotation-entries.ts'

/** The rotations that are open, as they stand, and what of them is written down. */
export type RotationBook = {
  /** Those that are open, as they stand. */
  open(): readonly RotationRecord[]
  /** Called whenever one of them is other than it was, or is open no more. */
  onChange(listener: () => void): () => void
  /** Ids of those that the memory did not take yet. */
  unkept(): string[]
  /** One that is open; undefined for any other. */
  get(id: string): RotationRecord | undefined
  /** @throws Refusal: 404; MemoryError */
  find(id: string): Promise<RotationRecord>
  /** Newest first. @throws MemoryError */
  latest(limit: number): Promise<RotationRecord[]>
  /** How one stands, without a word of it in the journal. */
  hold(plan: RotationRecord): void
  /** How one stands from now on, with what the journal is to tell of that. */
  put(before: RotationRecord, after: RotationRecord): void
  /** Writes down how one stands. @throws MemoryError; what is not kept stays unkept */
  keep(id: string): Promise<void>
  /** The same, for whoever can do nothing about it: it is tried again. */
  keepOrLater(id: string): Promise<void>
  /** What a person is about to do. @throws Refusal 503: what is not written is not done */
  tell(plan: RotationRecord, sentence: string, actor: string): Promise<void>
  /** What a person did, where the intent is on record already: goes out with the next keep. */
  note(plan: RotationRecord, sentence: string, actor: string): void
  /** Takes up what was open when the console last ended, unless it has. */
  takeUp(): Promise<void>
}

export function createRotationBook(
  { rotations, journal }: Pick<Memory<Tracking>, 'rotations' | 'journal'>,
  log: FastifyBaseLogger,
): RotationBook {
  const open = new Map<string, RotationRecord>()
  const news = new Map<string, readonly NewEntry[]>()
  const listeners = new Set<() => void>()
  let isTakenUp = false

  const queue = (id: string, entries: readonly NewEntry[]) =>
    news.set(id, [...(news.get(id) ?? []), ...entries])

  const changed = () => {
    for (const listener of listeners) listener()
  }

  async function keep(id: string) {
    const plan = open.get(id)
    if (!plan) return
    await rotations.save(plan)
    const told = news.get(id) ?? []
    news.delete(id)
    if (plan.endedAt !== null) open.delete(id)
    changed()
    for (const entry of told) await journal.append(entry)
  }

  return {
    open: () => [...open.values()],
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    unkept: () => [...news.keys()],
    get: (id) => open.get(id),
    async find(id) {
      const found = open.get(id) ?? (await rotations.get(id))
      if (found) return found
      throw new Refusal({
        status: 404,
        code: 'no-such-rotation',
        title: 'There is no such rotation.',
        next: 'See /api/rotations for those there were.',
      })
    },
    latest: async (limit) =>
      (await rotations.list(limit)).map((one) => open.get(one.id) ?? one),
    hold(plan) {
      open.set(plan.id, plan)
      changed()
    },
    put(before, after) {
      open.set(after.id, after)
      queue(after.id, newsOf(before, after))
      changed()
    },
    keep,
    keepOrLater: (id) =>
      keep(id).catch((err) => log.error({ err }, 'a rotation was not kept')),
    tell: (plan, sentence, actor) =>
      journal.append(actEntry(plan, sentence, actor)).then(
        () => {},
        (error: unknown) => {
          throw notWrittenDown(error)
        },
      ),
    note: (plan, sentence, actor) => void queue(plan.id, [actEntry(plan, sentence, actor)]),
    async takeUp() {
      if (isTakenUp) return
      try {
        for (const one of await rotations.open()) {
          if (!open.has(one.id)) open.set(one.id, one)
        }
        isTakenUp = true
        changed()
      } catch (err) {
        log.warn({ err }, 'which rotations are open is not known yet')
      }
    },
  }
}
