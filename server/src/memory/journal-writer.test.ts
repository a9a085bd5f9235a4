import { describe, expect, test, vi } from 'vitest'
import { aLog, anEntry } from './entries.fixture.ts'
import type { NewEntry } from './journal-rows.ts'
import { batchSize, createWriter, mostWaiting } from './journal-writer.ts'

const named = (sentence: string) => anEntry({ sentence })
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => named(`${from + i}`))

/** A store that can be taken away, or made to refuse what one entry says. */
function aStore() {
  const written: string[] = []
  const batches: number[] = []
  const store = {
    written,
    batches,
    away: false,
    refuses: null as string | null,
    async write(entries: readonly NewEntry[]) {
      await null
      if (store.away) throw new Error('the database is away')
      if (entries.some(({ sentence }) => sentence === store.refuses)) {
        throw Object.assign(new Error('too long'), { code: '22001' })
      }
      batches.push(entries.length)
      written.push(...entries.map(({ sentence }) => sentence))
      return entries.map((_, i) => written.length - entries.length + i + 1)
    },
  }
  return store
}

function aWriter() {
  const store = aStore()
  const log = aLog()
  const writer = createWriter(
    (entries) => store.write(entries),
    () => 0,
    log,
  )
  return { store, log, writer }
}

describe('while the database answers', () => {
  test('what is noted is written within a quarter of a second, together', async () => {
    vi.useFakeTimers()
    try {
      const { store, writer } = aWriter()
      writer.note([named('a')])
      writer.note([named('b'), named('c')])
      await vi.advanceTimersByTimeAsync(249)
      expect(store.batches).toEqual([])
      await vi.advanceTimersByTimeAsync(1)
      expect(store.batches).toEqual([3])
    } finally {
      vi.useRealTimers()
    }
  })

  test('a full batch does not wait', async () => {
    const { store, writer } = aWriter()
    writer.note(many(batchSize))
    await vi.waitFor(() => expect(store.batches).toEqual([batchSize]))
  })

  test('what is appended comes after what was noted, and answers its id', async () => {
    const { store, writer } = aWriter()
    writer.note(many(batchSize + 1))
    expect(await writer.append(named('last'))).toBe(batchSize + 2)
    expect(store.written.at(-1)).toBe('last')
    expect(store.batches).toEqual([batchSize, 2])
  })

  test('what comes while a batch is being written is written next', async () => {
    const { store, writer } = aWriter()
    const first = writer.append(named('a'))
    await null
    const second = writer.append(named('b'))
    expect(await Promise.all([first, second])).toEqual([1, 2])
    expect(store.batches).toEqual([1, 1])
  })
})

describe('while the database is away', () => {
  test('what is appended is refused, and what was noted is written once it is back', async () => {
    const { store, log, writer } = aWriter()
    store.away = true
    writer.note([named('a')])
    await expect(writer.append(named('refused'))).rejects.toThrow(/the database is away/)
    writer.note([named('b')])
    await expect(writer.flush()).rejects.toThrow(/away/)
    store.away = false
    expect(await writer.append(named('c'))).toBe(3)
    expect(store.written).toEqual(['a', 'b', 'c'])
    expect(log.lines).toEqual([
      'the journal cannot be written',
      'the journal is written again',
    ])
  })

  test('it is tried again without being asked', async () => {
    vi.useFakeTimers()
    try {
      const { store, writer } = aWriter()
      store.away = true
      writer.note([named('a')])
      await vi.advanceTimersByTimeAsync(5_000)
      store.away = false
      await vi.advanceTimersByTimeAsync(10_000)
      expect(store.written).toEqual(['a'])
    } finally {
      vi.useRealTimers()
    }
  })

  test('no more than a bound waits; the oldest goes, and an entry says how much', async () => {
    const { store, log, writer } = aWriter()
    store.away = true
    await expect(writer.append(named('x'))).rejects.toThrow()
    for (let i = 0; i < 5; i += 1) writer.note(many(10_000, i * 10_000))
    store.away = false
    await writer.flush()
    expect(store.written.length).toBeLessThanOrEqual(mostWaiting)
    const [told = '', ...kept] = store.written
    const lost = Number(told.split(' ')[0])
    expect(told).toMatch(/^\d+ observed transitions are missing here/)
    // What is told lost and what is kept are together what was noted, without a gap.
    expect(kept).toEqual(Array.from({ length: 50_000 - lost }, (_, i) => `${lost + i}`))
    expect(log.lines).toContain('transitions are lost to the journal')
  })

  test('closing does not wait for it, and says what is lost', async () => {
    const { store, log, writer } = aWriter()
    store.away = true
    writer.note(many(3))
    await writer.close()
    expect(log.lines).toContain('transitions are lost to the journal')
    await expect(writer.append(named('late'))).rejects.toThrow(/closed/)
  })
})

test('an entry that the database will never take keeps no other from it', async () => {
  const { store, log, writer } = aWriter()
  store.refuses = '7'
  writer.note(many(20))
  await expect(writer.append(named('7'))).rejects.toThrow('too long')
  expect(store.written).toEqual(
    many(20)
      .map(({ sentence }) => sentence)
      .filter((sentence) => sentence !== '7'),
  )
  expect(log.lines).toEqual(Array(2).fill('an entry does not fit the journal'))
})
