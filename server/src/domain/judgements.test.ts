import type { Attention } from '@skep/shared/contract/attention'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import {
  type Entry,
  type Judgements,
  judgeAll,
  judgeChanged,
  turnOf,
} from './judgements.ts'

type Thing = { name: string; until: number | null; alarms: readonly Attention[] }
type Held = Judgements<Thing>

const thing = (name: string, until: number | null = null): Thing => ({
  name,
  until,
  alarms: [],
})
const alarm = (id: string): Attention => ({
  id,
  kind: 'service-down',
  tone: 'critical',
  subject: { kind: 'service', name: id },
  title: '',
  detail: '',
  cause: null,
  since: null,
})
const entryOf = (view: Thing): Entry<Thing> => ({
  value: { view, attention: view.alarms },
  until: view.until,
})
const byName = (things: readonly Thing[]) => new Map(things.map((one) => [one.name, one]))

const things = byName([thing('a'), thing('b', 100), thing('c')])
const held = judgeAll(things, entryOf)

function judged(others: string[], { now = 0, of = things }) {
  const judge = vi.fn(entryOf)
  const after = judgeChanged(of, held, new Set(others), { now, judge })
  return { after, anew: judge.mock.calls.map(([{ name }]) => name) }
}

test('judges nothing where nothing changed, and keeps all lists', () => {
  const { after, anew } = judged([], {})
  expect(anew).toEqual([])
  expect(after.entries).toBe(held.entries)
  expect(after.views).toBe(held.views)
  expect(after.alarms).toBe(held.alarms)
  expect(after.changed).toEqual([])
})

test('judges the one whose facts are others, and keeps the rest by identity', () => {
  const other = { ...thing('c'), alarms: [alarm('c')] }
  const { after, anew } = judged(['c'], { of: new Map([...things, ['c', other]]) })
  expect(anew).toEqual(['c'])
  expect(after.views[0]).toBe(held.views[0])
  expect(after.views[2]).toBe(other)
  expect(after.changed).toEqual([{ was: things.get('c'), is: other }])
  expect(after.alarms).toEqual([alarm('c')])
})

test('judges the one whose time is up', () => {
  expect(judged([], { now: 99 }).anew).toEqual([])
  expect(judged([], { now: 100 }).anew).toEqual(['b'])
  expect(turnOf(held, 0)).toBe(100)
})

test('passes over a thing that is not there', () => {
  expect(judged(['gone'], {}).anew).toEqual([])
})

const names = ['a', 'b', 'c', 'd'] as const
const step = fc.record({
  name: fc.constantFrom(...names),
  lasts: fc.option(fc.integer({ min: 1, max: 20 })),
  alarming: fc.boolean(),
  later: fc.nat({ max: 15 }),
})

test('after any history it is as if all were judged, down to when time is up', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let now = 0
      let of = byName(names.map((name) => thing(name)))
      const judge = (one: Thing): Entry<Thing> =>
        // What is over is judged to hold for good.
        entryOf(one.until !== null && one.until <= now ? { ...one, until: null } : one)
      let after: Held = judgeAll(of, judge)
      for (const { name, lasts, alarming, later } of steps) {
        now += later
        const until = lasts === null ? null : now + lasts
        const alarms = alarming ? [alarm(name)] : []
        of = new Map(of).set(name, { name, until, alarms })
        const before = after
        after = judgeChanged(of, before, new Set([name]), { now, judge })
        expectChain(before, after)
      }
      const fresh = judgeAll(of, judge)
      expect(after.views).toEqual(fresh.views)
      expect(after.alarms).toEqual(fresh.alarms)
      expect(turnOf(after, now)).toBe(turnOf(fresh, now))
    }),
  )
})

/** What is said to have changed is what did. */
function expectChain(before: Held, after: Held) {
  const found = after.views.flatMap((is, place) => {
    const was = before.views[place]
    return was === is ? [] : [{ was, is }]
  })
  expect(new Set(after.changed)).toEqual(new Set(found))
}
