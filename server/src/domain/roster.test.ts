import { changes } from '@skep/shared/contract/patch-between'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextRoster, type Roster } from './roster.ts'

const web = { name: 'web', running: 1 }
const api = { name: 'api', running: 1 }
/** Nothing is known of what changed: it has to be found. */
const next = <V extends { name: string }>(before: Roster<V> | null, views: V[]) =>
  nextRoster(before, { views, changed: null })

const first = next(null, [web, api])

test('is in order of names, whatever the order of its views', () => {
  expect(Object.keys(first.byName)).toEqual(['api', 'web'])
  expect(first.byName).toEqual({ api, web })
})

test('is the very same while its views are', () => {
  expect(next(first, [web, api])).toBe(first)
})

test('another view takes the place of its name, and the old record stays as it was', () => {
  const more = { ...web, running: 2 }
  const after = next(first, [more, api])
  expect(after.byName).toEqual({ api, web: more })
  expect(Object.keys(after.byName)).toEqual(['api', 'web'])
  expect(after.byName.api).toBe(api)
  expect(first.byName.web).toBe(web)
})

test('views that come, go or are renamed are put in order anew', () => {
  const db = { name: 'db', running: 1 }
  expect(Object.keys(next(first, [web, api, db]).byName)).toEqual(['api', 'db', 'web'])
  expect(next(first, [web]).byName).toEqual({ web })
  expect(Object.keys(next(first, [db, api]).byName)).toEqual(['api', 'db'])
  expect(next(first, [api, web]).byName).toEqual({ api, web })
})

test('a host that calls itself __proto__ is one among others', () => {
  const strange = { name: '__proto__', running: 1 }
  const before = next(null, [strange, api])
  const after = next(before, [{ ...strange, running: 2 }, api])
  expect(Object.keys(after.byName)).toEqual(['__proto__', 'api'])
  expect(Object.entries(after.byName)[0]).toEqual(['__proto__', { ...strange, running: 2 }])
  expect(Object.getPrototypeOf(after.byName)).toBe(Object.prototype)
})

const names = fc.constantFrom('api', 'db', 'web', '__proto__')
const someViews = fc.uniqueArray(
  fc.record({ name: names, running: fc.integer({ min: 0, max: 2 }) }),
  { selector: ({ name }) => name },
)

test('what is noted of a change is what a comparison finds', () => {
  fc.assert(
    fc.property(fc.array(someViews, { minLength: 2, maxLength: 6 }), (steps) => {
      const rosters = [next(null, steps[0] ?? [])]
      for (const step of steps.slice(1)) {
        const [last] = rosters.slice(-1)
        const held = last?.views ?? []
        const kept = step.map((view) => held.find((one) => isSame(one, view)) ?? view)
        rosters.push(next(last ?? null, kept))
      }
      for (const before of rosters) {
        for (const after of rosters) {
          // A copy is of no known origin.
          const compared = [...changes(before.byName, { ...after.byName })]
          expect(new Map(changes(before.byName, after.byName))).toEqual(new Map(compared))
        }
      }
    }),
  )
})

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)
