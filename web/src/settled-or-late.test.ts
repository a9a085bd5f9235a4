import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { briefly, patience, settledOrLate } from './settled-or-late.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Whether it has resolved, after all that this can set off at once. */
async function isThrough(waiting: Promise<unknown>) {
  let through = false
  void waiting.then(() => {
    through = true
  })
  await vi.advanceTimersByTimeAsync(0)
  return through
}

test('waits for what comes in time', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const waiting = settledOrLate(promise)
  await vi.advanceTimersByTimeAsync(patience - 1)
  expect(await isThrough(waiting)).toBe(false)
  resolve()
  expect(await isThrough(waiting)).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('goes on without what fails, and says why to whoever looks', async () => {
  const log = vi.spyOn(console, 'error').mockReturnValue()
  const failure = new Error('no such chunk')
  expect(await isThrough(settledOrLate(Promise.reject(failure)))).toBe(true)
  expect(log).toHaveBeenCalledWith(failure)
})

test('goes on without what hangs', async () => {
  const waiting = settledOrLate(new Promise(() => {}))
  expect(await isThrough(waiting)).toBe(false)
  await vi.advanceTimersByTimeAsync(patience)
  expect(await isThrough(waiting)).toBe(true)
})

test('waits no longer than it is told to', async () => {
  const waiting = settledOrLate(new Promise(() => {}), briefly)
  await vi.advanceTimersByTimeAsync(briefly - 1)
  expect(await isThrough(waiting)).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await isThrough(waiting)).toBe(true)
})
