import type { FastifyBaseLogger } from 'fastify'
import type { RotationRecord } from '../domain/rotation-record.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { NewEntry } from '../memory/journal.ts'
import type { Memory } from '../memory/memory.ts'
import { notWrittenDown } from './failure.ts'
import { orAway } from './memory-away.ts'
import { Refusal } from './refusal.ts'
import type { Became } from './rotation-act.ts'
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
  /**
   * One as it is written down, since another console on the same memory may have written it;
   * as it stands here where that is newer, or the memory is away. Undefined: there is none.
   */
  fresh(id: string): Promise<RotationRecord | undefined>
  /**
   * Writes down how one stands; false where somebody else has written it since: then it
   * stands as that says, and nothing of what was seen here is told.
   * @throws MemoryError; what is not kept stays unkept
   */
  keep(id: string): Promise<boolean>
  /**
   * Changes one, however somebody else may have written it since, unless that ended it, and
   * answers how it stands then. @throws MemoryError; then nothing of it is changed
   */
  amend(plan: RotationRecord, became: Became): Promise<RotationRecord>
  /** The same for what has happened already: it is tried again. */
  amendOrLater(plan: RotationRecord, became: Became): Promise<RotationRecord>
  /** The same, for whoever can do nothing about it: it is tried again. */
  keepOrLater(id: string): Promise<void>
  /** What a person is about to do. @throws Refusal 503: what is not written is not done */
  tell(plan: RotationRecord, sentence: string, actor: string): Promise<void>
  /** What a person did, where the intent is on record already: goes out with the next keep. */
  note(plan: RotationRecord, sentence: string, actor: string): void
  /** Takes up what is open and not known here: of before a restart, or of another console. */
  takeUp(): Promise<void>
}

export function createRotationBook(
  { rotations, journal }: Pick<Memory<Tracking>, 'rotations' | 'journal'>,
  log: FastifyBaseLogger,
): RotationBook {
  const open = new Map<string, RotationRecord>()
  const news = new Map<string, readonly NewEntry[]>()
  const listeners = new Set<() => void>()

  const queue = (id: string, entries: readonly NewEntry[]) =>
    news.set(id, [...(news.get(id) ?? []), ...entries])

  const changed = () => {
    for (const listener of listeners) listener()
  }

  /** How one stands, by what is written down. */
  function stand(plan: RotationRecord) {
    if (plan.endedAt === null) open.set(plan.id, plan)
    else open.delete(plan.id)
    changed()
  }

  /** Tells of one what was to be told once it is written down. */
  async function written(saved: RotationRecord) {
    const told = news.get(saved.id) ?? []
    news.delete(saved.id)
    stand(saved)
    for (const entry of told) await journal.append(entry)
  }

  /** Somebody else wrote it: what was seen here is theirs to tell. */
  function overtaken(kept: RotationRecord) {
    news.delete(kept.id)
    stand(kept)
  }

  async function fresh(id: string) {
    const held = open.get(id)
    const { found: kept } = await orAway(rotations.get(id), null)
    if (kept === null || kept.revision === held?.revision) return held
    overtaken(kept)
    return kept
  }

  async function keep(id: string) {
    const plan = open.get(id)
    if (!plan) return true
    const saved = await rotations.save(plan)
    if (saved) await written(saved)
    else await fresh(id)
    return saved !== null
  }

  const put = (before: RotationRecord, after: RotationRecord) => {
    open.set(after.id, after)
    queue(after.id, newsOf(before, after))
    changed()
  }

  async function amend(before: RotationRecord, became: Became): Promise<RotationRecord> {
    let plan = before
    while (true) {
      const after = became(plan)
      const saved = await rotations.save(after)
      if (saved) {
        queue(plan.id, newsOf(plan, after))
        await written(saved)
        return saved
      }
      const kept = await rotations.get(plan.id)
      if (!kept || kept.endedAt !== null) {
        if (kept) overtaken(kept)
        return kept ?? plan
      }
      plan = kept
    }
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
      (await rotations.list(limit)).map((one) => {
        const held = open.get(one.id)
        return held && held.revision >= one.revision ? held : one
      }),
    hold(plan) {
      open.set(plan.id, plan)
      changed()
    },
    put,
    fresh,
    keep,
    keepOrLater: (id) =>
      keep(id).then(
        () => {},
        (err: unknown) => log.error({ err }, 'a rotation was not kept'),
      ),
    amend,
    async amendOrLater(plan, became) {
      try {
        return await amend(plan, became)
      } catch (err) {
        log.error({ err }, 'a rotation was not kept')
        const held = open.get(plan.id) ?? plan
        const after = became(held)
        put(held, after)
        return after
      }
    },
    tell: (plan, sentence, actor) =>
      journal.append(actEntry(plan, sentence, actor)).then(
        () => {},
        (error: unknown) => {
          throw notWrittenDown(error)
        },
      ),
    note: (plan, sentence, actor) => void queue(plan.id, [actEntry(plan, sentence, actor)]),
    async takeUp() {
      try {
        const unknown = (await rotations.open()).filter(({ id }) => !open.has(id))
        for (const one of unknown) open.set(one.id, one)
        if (unknown.length > 0) changed()
      } catch (err) {
        log.warn({ err }, 'which rotations are open is not known yet')
      }
    },
  }
}
