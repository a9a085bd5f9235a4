import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withChanges } from './layered-map.ts'

type Value = { readonly n: number }

const plainly = (
  map: ReadonlyMap<number, Value>,
  changes: ReadonlyMap<number, Value | undefined>,
) => {
  const next = new Map(map)
  for (const [key, value] of changes) {
    if (value === undefined) next.delete(key)
    else next.set(key, value)
  }
  return next
}

const value = fc.option(
  fc.nat(9).map((n) => ({ n })),
  { nil: undefined, freq: 2 },
)
const changes = fc
  .array(fc.tuple(fc.nat(160), value), { maxLength: 20 })
  .map((pairs) => new Map(pairs))

test('holds, whichever way it is asked, what a copied map would hold', () => {
  const first = new Map(Array.from({ length: 120 }, (_, n) => [n, { n }] as const))
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 8 }), (steps) => {
      let map: ReadonlyMap<number, Value> = first
      let copy = first
      for (const step of steps) {
        const before = new Map(copy)
        const old = map
        map = withChanges(map, step)
        copy = plainly(copy, step)
        expect(new Map(old)).toEqual(before)
      }
      const told: [number, Value][] = []
      map.forEach((value, key) => {
        told.push([key, value])
      })
      const byKey = ([a]: [number, Value], [b]: [number, Value]) => a - b
      const sorted = [...copy].sort(byKey)
      expect(told.toSorted(byKey)).toEqual(sorted)
      expect([...map].sort(byKey)).toEqual(sorted)
      expect([...map.keys()].sort((a, b) => a - b)).toEqual(sorted.map(([key]) => key))
      expect(new Set(map.values())).toEqual(new Set(copy.values()))
      expect(map.size).toBe(copy.size)
      for (let key = 0; key <= 161; key += 1) {
        expect(map.get(key)).toBe(copy.get(key))
        expect(map.has(key)).toBe(copy.has(key))
      }
    }),
  )
})

test('keeps the order of the map, and puts what is new at the end', () => {
  const first = new Map(Array.from({ length: 120 }, (_, n) => [n, { n }] as const))
  const map = withChanges(
    withChanges(first, new Map([[200, { n: 1 }]])),
    new Map([[3, { n: 2 }]]),
  )
  expect([...map.keys()]).toEqual([...first.keys(), 200])
})

test('does not copy what did not change, until much has', () => {
  const first = new Map(Array.from({ length: 120 }, (_, n) => [n, { n }] as const))
  const few = withChanges(first, new Map([[0, { n: 1 }]]))
  expect(few).not.toBeInstanceOf(Map)
  const many = withChanges(few, new Map(Array.from({ length: 64 }, (_, n) => [n, { n }])))
  expect(many).toBeInstanceOf(Map)
})

test('lets go of what was replaced long ago, though one key alone changed since', () => {
  const first = new Map(Array.from({ length: 120 }, (_, n) => [n, { n }] as const))
  let map: ReadonlyMap<number, Value> = first
  let copies = 0
  for (let n = 0; n < 200; n += 1) {
    map = withChanges(map, new Map([[0, { n }]]))
    if (map instanceof Map) copies += 1
  }
  expect(copies).toBe(3)
})
