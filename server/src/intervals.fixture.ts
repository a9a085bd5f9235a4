import { onTestFinished, vi } from 'vitest'

/** Until the test ends an interval passes when `vi` is told to; the rest of time is real. */
export function fakeIntervals(): void {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
}
