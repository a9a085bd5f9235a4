import { expect, test } from 'vitest'
import { clockTime, dated, duration } from './time.ts'

test.each([
  [-5_000, '0 s', 'clocks differ; nothing lies in the future'],
  [999, '0 s', 'a second is not over before it is'],
  [59_999, '59 s', 'the last moment of a minute'],
  [60_000, '1 min', 'the first of the next unit'],
  [3_599_999, '59 min', 'the last moment of an hour'],
  [47 * 3_600_000, '47 h', 'hours, while they say more than days'],
  [48 * 3_600_000, '2 d', 'days from then on'],
])('%i ms is "%s": %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test('a verdict is dated before its full stop, while it is old news', () => {
  const at = Date.parse('2026-11-21T14:02:31Z')
  expect(dated('All 5 ready.', at)).toBe(`All 5 ready, as of ${clockTime(at)}.`)
  expect(dated('is converged', at)).toBe(`is converged, as of ${clockTime(at)}`)
  expect(dated('All 5 ready.', null)).toBe('All 5 ready.')
})
