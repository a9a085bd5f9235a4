import { expect, test } from 'vitest'
import { latenessFigure, type Watched } from './lateness.ts'

const watched: Watched = {
  late: { n: 990, p50: 30, p95: 60, max: 90 },
  unseen: 10,
  rate: 510,
  seconds: 60,
  changes: 40_000,
  serverCpuPercent: 20,
  serverRssKib: 200_000,
}
const reached = (change: Partial<Watched>) =>
  latenessFigure('storm', { ...watched, ...change }, 500).reached

test('is reached by what was soon to be seen, at the pace that is asked for', () => {
  expect(reached({})).toBe(true)
  expect(reached({ late: { ...watched.late, p95: 501 } })).toBe(false)
  expect(reached({ rate: 499 })).toBe(false)
})

test('is not reached by a page that shows nothing more', () => {
  expect(reached({ unseen: 11 })).toBe(false)
})
