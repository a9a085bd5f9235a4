import { expect, test } from 'vitest'
import { fromField, toField } from './local-time.ts'

test('a field shows the local time of an instant, and gives it back to the second', () => {
  const at = new Date(2026, 10, 21, 9, 2, 5)
  expect(toField(at.toISOString())).toBe('2026-11-21T09:02:05')
  const hour = 3_600_000
  for (let past = 0; past < 366 * 24; past += 1) {
    const field = toField(new Date(at.getTime() - past * hour).toISOString())
    // An hour that comes twice a year is one on the clock, whichever of the two it was.
    expect(toField(fromField(field))).toBe(field)
  }
})

test('no instant is an empty field, and the other way round', () => {
  expect(toField(undefined)).toBe('')
  expect(toField('soon')).toBe('')
  expect(fromField('')).toBe('')
  expect(fromField('soon')).toBe('')
})
