import { expect, test } from 'vitest'
import { aPage } from './entry.fixture.ts'
import { extended, joined, mostKept } from './journal-pages.ts'

const ids = ({ entries }: { entries: { id: number }[] }) => entries.map(({ id }) => id)

test('what is new goes before what is known', () => {
  const page = joined(aPage([3, 2, 1], null), aPage([5, 4, 3], 3))
  expect(ids(page)).toEqual([5, 4, 3, 2, 1])
  expect(page.next).toBeNull()
})

test('after more than a page was missed, what lies behind the gap is left to "earlier"', () => {
  const page = joined(aPage([3, 2, 1], null), aPage([9, 8, 7], 7))
  expect(ids(page)).toEqual([9, 8, 7])
  expect(page.next).toBe(7)
})

test('a journal that was emptied is believed', () => {
  expect(ids(joined(aPage([3, 2, 1], null), aPage([], null)))).toEqual([])
})

test('an earlier page goes behind, unless its place has moved meanwhile', () => {
  const known = aPage([9, 8], 8)
  expect(ids(extended(known, 8, aPage([7, 6], null)))).toEqual([9, 8, 7, 6])
  expect(extended(known, 5, aPage([4], null))).toBe(known)
})

test('a tab that stays open for weeks lets go of the old end, and can read it again', () => {
  const all = Array.from({ length: mostKept + 50 }, (_, i) => mostKept + 50 - i)
  const page = joined(aPage(all.slice(1), null), aPage(all.slice(0, 10), all[9] ?? null))
  expect(page.entries).toHaveLength(mostKept)
  expect(page.next).toBe(page.entries.at(-1)?.id)
})

type Step = number | 'earlier'

/** Every row of so many steps: how many are written before the newest page is read again. */
function rowsOf(length: number): Step[][] {
  const steps = [0, 1, 4, 5, 12, 'earlier'] as const
  if (length === 0) return [[]]
  return rowsOf(length - 1).flatMap((row) => steps.map((step) => [...row, step]))
}

/** Whether the list stayed without double, hole and disorder, and knew where it ends. */
function isSound(row: Step[]): boolean {
  let newest = 20
  const read = (before: number) => {
    const from = Math.min(before - 1, newest)
    const found = Array.from({ length: Math.min(5, from) }, (_, i) => from - i)
    const last = found.at(-1) ?? 0
    return aPage(found, last > 1 ? last : null)
  }
  let known = read(Number.POSITIVE_INFINITY)
  return row.every((step) => {
    if (step === 'earlier') {
      if (known.next !== null) known = extended(known, known.next, read(known.next))
    } else {
      newest += step
      known = joined(known, read(Number.POSITIVE_INFINITY))
    }
    const seen = ids(known)
    return seen.every((id, i) => id === newest - i) && seen.at(-1) === (known.next ?? 1)
  })
}

test('in whatever order it is read, the list is sound', () => {
  const rows = rowsOf(5)
  expect(rows).toHaveLength(6 ** 5)
  expect(rows.filter((row) => !isSound(row))).toEqual([])
})
