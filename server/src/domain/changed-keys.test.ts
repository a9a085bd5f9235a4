import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedKeys, noteChanged } from './changed-keys.ts'

const one = { n: 1 }
const other = { n: 2 }

test('are those of what is another, what came and what is gone', () => {
  const before = new Map([
    ['kept', one],
    ['another', one],
    ['gone', one],
  ])
  const after = new Map([
    ['kept', one],
    ['another', other],
    ['came', one],
  ])
  expect(changedKeys(before, after)).toEqual(new Set(['another', 'came', 'gone']))
  expect(changedKeys(before, before)).toEqual(new Set())
})

test('are believed where they were noted, and found between all other maps', () => {
  const entry = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(one, other, null))
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), (steps) => {
      const maps = [new Map<string, object>()]
      for (const [key, value] of steps) {
        const before = maps.at(-1) ?? new Map()
        const after = new Map(before)
        if (value) after.set(key, value)
        else after.delete(key)
        if (before.get(key) === after.get(key)) continue
        noteChanged(before, after, new Set([key]))
        maps.push(after)
      }
      for (const before of maps) {
        for (const after of maps) {
          // A copy is of no known origin.
          expect(changedKeys(before, after)).toEqual(changedKeys(before, new Map(after)))
        }
      }
    }),
  )
})
