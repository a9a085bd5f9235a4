import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clock } from './clock.ts'

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => {
  clock.follow(null)
  vi.useRealTimers()
})

describe('the time that things are dated by', () => {
  test("is the machine's, where nobody says otherwise", () => {
    expect([clock.now(), clock.speed(), clock.wait(250)]).toEqual([1_000_000, null, 250])
    vi.advanceTimersByTime(500)
    expect(clock.now()).toBe(1_000_500)
  })

  test('is that of a simulated swarm, at its speed from when it was told', () => {
    clock.follow({ now: 5_000, speed: 60 })
    vi.advanceTimersByTime(500)
    expect([clock.now(), clock.speed(), clock.wait(600)]).toEqual([35_000, 60, 10])
    clock.follow({ now: 40_000, speed: 1 })
    vi.advanceTimersByTime(500)
    expect(clock.now()).toBe(40_500)
  })

  test('stands still with it, and then nothing falls due', () => {
    clock.follow({ now: 5_000, speed: 0 })
    vi.advanceTimersByTime(60_000)
    expect(clock.now()).toBe(5_000)
    expect(clock.wait(1)).toBeGreaterThan(24 * 60 * 60_000)
  })
})
