import { expect, test, vi } from 'vitest'
import { type Entry, judgeChanged } from './judgements.ts'

type Thing = { name: string }

const things = new Map(['a', 'b', 'c'].map((name) => [name, { name }]))
const entry = (name: string, until: number | null = null): Entry<Thing> => ({
  value: { view: { name }, attention: [] },
  until,
})
const held = [entry('a'), entry('b', 100), entry('c')]
const always = () => true

function judged(before: Entry<Thing>[] | null, same: (id: string) => boolean, now = 0) {
  const judge = vi.fn(({ name }: Thing) => entry(name))
  const entries = judgeChanged(things, before, same, { now, judge })
  return { entries, judged: judge.mock.calls.map(([{ name }]) => name) }
}

test('judges all of them where nothing is held', () => {
  expect(judged(null, always).judged).toEqual(['a', 'b', 'c'])
})

test('judges nothing where nothing changed', () => {
  const { entries, judged: anew } = judged(held, always)
  expect(anew).toEqual([])
  expect(entries).toEqual(held)
})

test('judges the one whose tasks are others, and keeps the rest by identity', () => {
  const { entries, judged: anew } = judged(held, (id) => id !== 'c')
  expect(anew).toEqual(['c'])
  expect(entries[0]).toBe(held[0])
  expect(entries[2]).not.toBe(held[2])
})

test('judges the one whose time is up', () => {
  expect(judged(held, always, 99).judged).toEqual([])
  expect(judged(held, always, 100).judged).toEqual(['b'])
})
