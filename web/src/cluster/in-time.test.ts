import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { briefly, inTime } from './in-time.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Whether it has resolved after so many milliseconds more. */
async function isThrough(waiting: Promise<unknown>, after: number) {
  let through = false
  void waiting.then(() => {
    through = true
  })
  await vi.advanceTimersByTimeAsync(after)
  return through
}

test('waits for what comes in time, and no longer', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const waiting = inTime(promise)
  expect(await isThrough(waiting, briefly - 1)).toBe(false)
  resolve()
  expect(await isThrough(waiting, 0)).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('goes on without what is late', async () => {
  const waiting = inTime(new Promise(() => {}))
  expect(await isThrough(waiting, briefly - 1)).toBe(false)
  expect(await isThrough(waiting, 1)).toBe(true)
})
