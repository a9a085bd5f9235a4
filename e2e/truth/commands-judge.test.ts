import { describe, expect, test } from 'vitest'
import { type Acted, judgeCommand } from './commands-judge.ts'
import { forgotten, noMemory, remembered } from './commands-memory.ts'
import { type Said, saidOf } from './commands-said.ts'
import type { Held, Standing } from './commands-tasks.ts'

const held = (change: Partial<Held> = {}): Held => ({
  place: 'volume pgdata',
  goes: false,
  matters: true,
  mark: 'first',
  ...change,
})

const task = (id: string, change: Partial<Standing> = {}): Standing => ({
  id,
  service: 'pg',
  slot: '1',
  node: 'w1',
  runs: true,
  held: held(),
  ...change,
})

const silent: Said = {
  counts: { restarts: 1, starts: 0, stops: 0 },
  apart: [],
  goes: false,
  leftOut: false,
  shared: false,
  waits: 'no',
  sentences: [],
}

type Told = Partial<Omit<Said, 'counts'>> & { counts?: Partial<Said['counts']> }

/** One task that was on w1, and what runs after a command. */
function acted({
  said = {},
  ...change
}: Partial<Omit<Acted, 'said'>> & { said?: Told } = {}) {
  const before = change.before ?? [task('old')]
  return judgeCommand({
    kind: 'restart',
    after: [task('new')],
    memory: remembered(noMemory, before),
    onDisk: new Set(['first']),
    ...change,
    before,
    said: { ...silent, ...said, counts: { ...silent.counts, ...said.counts } },
  })
}

const gone = { counts: { restarts: 0, stops: 1 } }
const empty = held({ mark: null })
const other = held({ mark: 'second' })
const elsewhere = (has: Held) => [task('new', { node: 'w2', held: has })]
const may = { what: 'empty', flat: false, nodes: ['w2'] } as const
const copy = { what: 'copy', flat: false, nodes: ['w2'] } as const
const wrong = ({ items }: ReturnType<typeof acted>) => items.filter(({ right }) => !right)
const unannounced = ({ items }: ReturnType<typeof acted>) =>
  items.filter((item) => item.unannounced).map(({ found, about }) => found ?? about)

describe('a task that is replaced', () => {
  test('may find what the one before it had, and nothing need be said', () => {
    expect(wrong(acted())).toEqual([])
  })

  test('starts empty unannounced, if nothing was said', () => {
    expect(unannounced(acted({ after: elsewhere(empty) }))).toEqual(['starts-empty'])
  })

  test('starts empty as was said', () => {
    const verdict = acted({ after: elsewhere(empty), said: { apart: [may] } })
    expect(wrong(verdict)).toEqual([])
    expect(verdict.warned).toEqual([{ of: 'empty', cameTrue: true }])
  })

  test('finds what another one had: an empty start was said, which is something else', () => {
    const verdict = acted({ after: elsewhere(other), said: { apart: [may] } })
    expect(wrong(verdict)).toMatchObject([{ found: 'other-data', unannounced: false }])
    expect(wrong(acted({ after: elsewhere(other), said: { apart: [copy] } }))).toEqual([])
    expect(unannounced(acted({ after: elsewhere(other) }))).toEqual(['other-data'])
  })

  test('goes to no other node than those that were named, or where it was', () => {
    const after = [task('new', { node: 'w3', held: empty })]
    expect(wrong(acted({ after, said: { apart: [may] } }))).toHaveLength(1)
    expect(wrong(acted({ after, said: { apart: [{ ...may, nodes: null }] } }))).toEqual([])
  })

  test('that keeps what it had makes a warning vain, and a flat one wrong', () => {
    expect(acted({ said: { apart: [may] } }).warned).toEqual([
      { of: 'empty', cameTrue: false },
    ])
    expect(wrong(acted({ said: { apart: [{ ...may, flat: true }] } }))).toMatchObject([
      { about: 'claim' },
    ])
  })

  test('loses what goes with it, announced or not', () => {
    const before = [task('old', { held: held({ goes: true }) })]
    const after = [task('new', { held: held({ goes: true, mark: null }) })]
    expect(unannounced(acted({ before, after }))).toEqual(['lost'])
    expect(wrong(acted({ before, after, said: { goes: true } }))).toEqual([])
  })

  test('is not said to lose what it finds again', () => {
    const before = [task('old', { held: held({ goes: true }) })]
    const after = [task('new', { held: held({ goes: true }) })]
    expect(wrong(acted({ before, after, said: { goes: true } }))).toMatchObject([
      { about: 'claim' },
    ])
  })

  test('that mounts something else leaves behind what it had', () => {
    const after = [task('new', { held: held({ place: 'volume other', mark: null }) })]
    expect(unannounced(acted({ after }))).toEqual(['left-out'])
    expect(wrong(acted({ after, said: { leftOut: true } }))).toEqual([])
  })

  test('may start without what nobody misses', () => {
    const before = [task('old', { held: held({ matters: false }) })]
    const after = elsewhere(held({ matters: false, mark: null }))
    expect(wrong(acted({ before, after }))).toEqual([])
  })

  test('waits unannounced, if no want of room was told', () => {
    const after = [task('new', { node: null, runs: false, held: null })]
    expect(unannounced(acted({ after }))).toEqual(['task'])
    expect(wrong(acted({ after, said: { waits: 'flat' } }))).toEqual([])
  })

  test('runs where none was said to', () => {
    expect(wrong(acted({ said: { waits: 'flat' } }))).toMatchObject([{ about: 'claim' }])
    expect(wrong(acted({ said: { waits: 'some' } }))).toEqual([])
  })
})

describe('a task that is added', () => {
  const added = (has: Held) => [
    task('old'),
    task('new', { slot: '2', node: 'w2', held: has }),
  ]
  const counts = { restarts: 0, starts: 1 }

  test('has nothing of what the others have, announced or not', () => {
    expect(unannounced(acted({ after: added(empty), said: { counts } }))).toEqual([
      'starts-empty',
    ])
    const said = { counts, shared: true }
    expect(wrong(acted({ after: added(empty), said }))).toEqual([])
    expect(wrong(acted({ after: added(other), said }))).toEqual([])
  })

  test('misses nothing where each slot has its own', () => {
    const place = 'volume pgdata-{{.Task.Slot}}'
    const before = [task('old', { held: held({ place }) })]
    const after = [...before, task('new', { slot: '2', held: held({ place, mark: null }) })]
    expect(wrong(acted({ before, after, said: { counts } }))).toEqual([])
  })

  test('comes back to what its slot had before', () => {
    const memory = remembered(noMemory, [task('old')])
    const said = { counts: { restarts: 0, starts: 1 } }
    expect(wrong(acted({ before: [], memory, said }))).toEqual([])
    const after = elsewhere(empty)
    expect(unannounced(acted({ before: [], memory, after, said }))).toEqual([
      'starts-empty',
    ])
  })
})

describe('a task that ends', () => {
  test('leaves what it had on its node', () => {
    expect(wrong(acted({ after: [], said: gone }))).toEqual([])
    expect(unannounced(acted({ after: [], said: gone, onDisk: new Set() }))).toEqual([
      'lost',
    ])
  })

  test('takes with it what goes with it, announced or not', () => {
    const before = [task('old', { held: held({ goes: true }) })]
    expect(unannounced(acted({ before, after: [], said: gone }))).toEqual(['lost'])
    expect(wrong(acted({ before, after: [], said: { ...gone, goes: true } }))).toEqual([])
  })

  test('may take with it what nobody misses', () => {
    const before = [task('old', { held: held({ goes: true, matters: false }) })]
    expect(wrong(acted({ before, after: [], said: gone }))).toEqual([])
    const { warned } = acted({ before, after: [], said: { ...gone, goes: true } })
    expect(warned).toEqual([{ of: 'goes', cameTrue: true }])
  })

  test('and is forgotten with it: nobody looks for it again', () => {
    const kept = remembered(noMemory, [task('old')])
    const went = remembered(noMemory, [task('old', { held: held({ goes: true }) })])
    expect(forgotten(kept, ['1'])).toEqual(kept)
    expect(forgotten(went, ['1'])).toEqual(noMemory)
  })
})

describe('counts', () => {
  test('are wrong by one task', () => {
    expect(wrong(acted({ said: { counts: { restarts: 2 } } }))).toMatchObject([
      { about: 'counts', words: expect.stringContaining('restarts 2, seen 1') },
    ])
  })

  test('may fall short of what was said where a task waits for room', () => {
    const after = [task('new', { node: null, runs: false, held: null })]
    const said = { counts: { restarts: 2 }, waits: 'some' } as const
    expect(wrong(acted({ after, said }))).toEqual([])
  })
})

describe('a preview', () => {
  const check = (id: string, sentence: string) =>
    ({ id, level: 'warn', sentence, subjects: [] }) as const
  const of = (...checks: ReturnType<typeof check>[]) =>
    saidOf({ restarts: 1, starts: 0, stops: 0, checks } as never)

  test.each([
    ['it may start on w2 or w3 as well. It is another.', ['w2', 'w3']],
    ['it may start on w1, w2 or w3 as well. It is another.', ['w1', 'w2', 'w3']],
    ['cannot start where its volume pgdata is, and goes to m1. It is another.', ['m1']],
    ['it may start on one of 4 other nodes as well. It is another.', null],
  ])('names nodes: %s', (sentence, nodes) => {
    expect(of(check('may-start-empty', sentence)).apart).toMatchObject([{ nodes }])
  })

  test.each([
    ['No node takes its tasks now: host port in use on 5.', 'flat'],
    ['Room for 1 of 2 tasks now: host port in use on 4.', 'some'],
  ])('tells of room: %s', (sentence, waits) => {
    expect(of(check('not-placeable', sentence)).waits).toBe(waits)
    expect(of().waits).toBe('no')
  })
})
