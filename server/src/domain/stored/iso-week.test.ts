import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mondayOf, weekOf } from './iso-week.ts'

const dayAt = (at: Date) => ({
  year: at.getUTCFullYear(),
  month: at.getUTCMonth() + 1,
  day: at.getUTCDate(),
})

test.each([
  ['2026-01-01', 2026, 1],
  ['2025-12-29', 2026, 1],
  ['2025-12-28', 2025, 52],
  ['2027-01-01', 2026, 53],
  ['2027-01-04', 2027, 1],
  ['2024-12-30', 2025, 1],
  ['2026-11-21', 2026, 47],
])('%s is in %i, week %i', (day, year, week) => {
  expect(weekOf(dayAt(new Date(day)))).toEqual({ year, week })
})

const days = fc.date({
  min: new Date('2000-01-01'),
  max: new Date('2099-12-31'),
  noInvalidDate: true,
})

test('a week begins on its Monday, and has seven days', () => {
  fc.assert(
    fc.property(days, (at) => {
      const week = weekOf(dayAt(at))
      const { year, month, day } = mondayOf(week)
      const monday = Date.UTC(year, month - 1, day)
      expect(new Date(monday).getUTCDay()).toBe(1)
      const since = Math.floor((at.getTime() - monday) / 86_400_000)
      expect(since).toBeGreaterThanOrEqual(0)
      expect(since).toBeLessThan(7)
      expect(weekOf({ year, month, day })).toEqual(week)
      // The year that it is counted to has its Thursday.
      expect(new Date(monday + 3 * 86_400_000).getUTCFullYear()).toBe(week.year)
    }),
  )
})
