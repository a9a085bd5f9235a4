import { expect, test } from 'vitest'
import { finishWords, untilWords } from './time-words.ts'

/** In the reader's zone, as the words are. */
const at = (time: string, day = 21) => Date.parse(`2026-11-${day}T${time}`)
const now = at('14:05:00')
const finish = (earliest: number, latest: number | null) =>
  finishWords(
    {
      earliest: new Date(earliest).toISOString(),
      latest: latest === null ? null : new Date(latest).toISOString(),
    },
    now,
  )

test.each([
  { from: at('14:07:10'), to: at('14:09:50'), says: '≈ 14:07–14:09' },
  { from: at('14:07:10'), to: at('14:07:50'), says: '≈ 14:07' },
  { from: at('14:07:10'), to: null, says: '≈ 14:07 or later' },
  { from: at('14:01:00'), to: at('14:09:00'), says: '≈ 14:05–14:09' },
  { from: at('14:01:00'), to: at('14:03:00'), says: 'later than ≈ 14:03' },
])('a finish $says', ({ from, to, says }) => {
  expect(finish(from, to)).toBe(says)
})

test('a finish more than a day away has its date', () => {
  expect(finish(at('14:07:00', 23), null)).toBe('≈ 23 Nov, 14:07 or later')
})

test.each([
  { until: at('14:05:32'), says: 'until :32' },
  { until: at('14:06:32'), says: 'until 14:06:32' },
  { until: now, says: null },
])('verifying $says', ({ until, says }) => {
  expect(untilWords(until, now)).toBe(says)
})
