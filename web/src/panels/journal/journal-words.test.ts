import { expect, test } from 'vitest'
import {
  dayTitle,
  memoryWords,
  minutesBefore,
  momentOf,
  nothingOf,
  shortMoment,
} from './journal-words.ts'

const local = (day: number, hour: number, minute = 2, second = 31) =>
  new Date(2026, 10, day, hour, minute, second).getTime()
const now = local(21, 14)

test.each([
  [local(21, 0, 0, 0), 'Today'],
  [local(20, 23, 59, 59), 'Yesterday'],
  [local(19, 14), 'Thursday 19 November 2026'],
])('%i is titled %s', (at, title) => {
  expect(dayTitle(at, now)).toBe(title)
})

test('yesterday is a day of the calendar, not 24 hours', () => {
  expect(dayTitle(local(20, 1), local(21, 23))).toBe('Yesterday')
  expect(dayTitle(local(19, 23), local(21, 1))).toBe('Thursday 19 November 2026')
})

test('a moment of another day says which', () => {
  expect(momentOf(local(21, 9), now)).toBe('09:02:31')
  expect(momentOf(local(20, 9), now)).toBe('20 Nov 2026, 09:02:31')
  expect(shortMoment(local(21, 9), now)).toBe('09:02:31')
  expect(shortMoment(local(20, 9), now)).toBe('20 Nov, 09:02')
})

test('an empty timeline says since when it has been one', () => {
  const since = new Date(local(21, 14, 2, 0)).toISOString()
  expect(nothingOf('web', since, now)).toBe(
    'Nothing has been seen of web since 14:02:00, when the console began to watch.',
  )
  expect(nothingOf('web', null, now)).toContain('only begun to watch')
})

test('says how far the memory goes', () => {
  const since = new Date(local(19, 9)).toISOString()
  expect(memoryWords({ since, retentionDays: 90 }, now)).toBe(
    'Watched since 19 Nov 2026, 09:02:31, kept for 90 days.',
  )
  expect(memoryWords({ since, retentionDays: 1 }, now)).toContain('kept for 1 day.')
})

test.each([
  [0.4, 'under 1 min before'],
  [1, '1 min before'],
  [12.9, '12 min before'],
])('%d minutes are %s', (minutes, words) => {
  expect(minutesBefore(minutes)).toBe(words)
})
