import { isRefusal } from './database.ts'
import { MemoryError, wordsOf } from './errors.ts'
import type { NewEntry } from './journal-rows.ts'
import type { Log } from './log.ts'

/** Entries that one transaction takes: about 20 ms of SQLite, in which nothing else runs. */
export const batchSize = 500
/**
 * How long transitions are gathered before they are written, in milliseconds. Each commit waits
 * for the disk, and nothing else runs meanwhile. So much of what was seen is lost with the
 * power; of what was pressed, nothing.
 */
const gathering = 250
/** Transitions that wait while the database is away: a few MiB, minutes of a busy swarm. */
export const mostWaiting = 20_000

/** The pause before the database is tried again, in milliseconds. */
const pauseAfter = (failures: number) => Math.min(250 * 2 ** failures, 10_000)

type Waiting = {
  entry: NewEntry
  /** Whoever waits for it to be written; transitions are waited for by nobody. */
  settle: { resolve(id: number): void; reject(error: unknown): void } | null
  /** How many entries it stands for: more than one only where it tells of lost ones. */
  standsFor: number
}

export type Writer = {
  append(entry: NewEntry): Promise<number>
  note(entries: readonly NewEntry[]): void
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * Writes entries in the order in which they were handed over, in batches, one batch at a
 * time. What is appended is written at once, with all that was noted before it, or refused
 * while the database is away: it announces a call that must then not be made. What is noted
 * has happened anyway and waits; where too much waits the oldest is let go, and an entry in
 * its place says how much.
 *
 * An entry whose commit reached the database but whose answer was lost is written twice.
 * @param store writes entries in one transaction and answers their ids, or throws
 */
export function createWriter(
  store: (entries: readonly NewEntry[]) => Promise<number[]>,
  now: () => number,
  log: Log,
): Writer {
  let queue: Waiting[] = []
  let writing: Waiting[] = []
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let closed = false

  const later = (milliseconds: number) => {
    timer ??= setTimeout(() => void drain().catch(() => undefined), milliseconds).unref()
  }

  const drain = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (queue.length > 0) running ??= run()
    return running ?? Promise.resolve()
  }

  const run = async () => {
    // Nothing of it happens before `running` is set, and nothing between the last look at
    // the queue and its unsetting: an entry that comes in between would be forgotten.
    await null
    try {
      while (queue.length > 0) {
        writing = queue.splice(0, batchSize)
        await write(writing.slice())
      }
    } catch (error) {
      hold(error)
      throw error
    } finally {
      running = null
    }
  }

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const ids = await store(batch.map(({ entry }) => entry))
      if (failures > 0) log.info({}, 'the journal is written again')
      failures = 0
      batch.forEach(({ settle }, index) => {
        const id = ids[index]
        if (id !== undefined) settle?.resolve(id)
      })
      writing.splice(0, batch.length)
    } catch (error) {
      if (!isRefusal(error)) throw error
      // One that can never be written must not keep the others from it.
      if (batch.length > 1) {
        const middle = batch.length >> 1
        await write(batch.slice(0, middle))
        await write(batch.slice(middle))
        return
      }
      writing.splice(0, 1)
      for (const { settle } of batch) settle?.reject(error)
      log.warn({ reason: wordsOf(error) }, 'an entry does not fit the journal')
    }
  }

  /** Keeps what may wait, refuses the rest, and tries again after a while. */
  const hold = (error: unknown) => {
    const reason = wordsOf(error)
    if (failures === 0) log.warn({ reason }, 'the journal cannot be written')
    failures += 1
    const unwritten = [...writing, ...queue]
    writing = []
    queue = unwritten.filter(({ settle }) => settle === null)
    letGo()
    const refusal = new MemoryError(`The journal cannot be written: ${reason}`)
    for (const { settle } of unwritten) settle?.reject(refusal)
    if (queue.length > 0 && !closed) later(pauseAfter(failures))
  }

  const letGo = () => {
    if (queue.length <= mostWaiting) return
    // Down to a half, so that this is not done at each note.
    const notes = queue.filter(({ settle }) => settle === null)
    const gone = notes.slice(0, queue.length - mostWaiting / 2)
    const dropped = new Set(gone)
    const count = gone.reduce((sum, { standsFor }) => sum + standsFor, 0)
    const told = { entry: lost(count, now()), settle: null, standsFor: count }
    queue = [told, ...queue.filter((waiting) => !dropped.has(waiting))]
    log.warn({ lost: count }, 'transitions are lost to the journal')
  }

  return {
    append: (entry) => {
      if (closed) return Promise.reject(new MemoryError('The journal is closed.'))
      const written = new Promise<number>((resolve, reject) => {
        queue.push({ entry, settle: { resolve, reject }, standsFor: 1 })
      })
      // A failure reaches the promise above.
      drain().catch(() => undefined)
      return written
    },
    note: (entries) => {
      if (closed) return
      for (const entry of entries) queue.push({ entry, settle: null, standsFor: 1 })
      letGo()
      if (queue.length >= batchSize && failures === 0) drain().catch(() => undefined)
      else later(failures === 0 ? gathering : pauseAfter(failures))
    },
    flush: drain,
    close: async () => {
      closed = true
      await drain().catch(() => undefined)
      clearTimeout(timer)
      const count = queue.reduce((sum, { standsFor }) => sum + standsFor, 0)
      if (count > 0) log.warn({ lost: count }, 'transitions are lost to the journal')
    },
  }
}

const lost = (count: number, now: number): NewEntry => ({
  at: new Date(now).toISOString(),
  kind: 'transition',
  tone: 'warning',
  subject: { kind: 'swarm', name: 'swarm' },
  related: [],
  slot: null,
  sentence: `${count} observed transitions are missing here: the database did not take them in time`,
  cause: null,
  actor: null,
  operation: null,
})
