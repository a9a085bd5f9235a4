import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { useRail } from './use-rail.ts'

afterEach(() => {
  cleanup()
  localStorage.clear()
  vi.unstubAllGlobals()
})

/** A window as wide as that. */
function windowOf(width: number) {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: width <= Number(/max-width: (\d+)px/.exec(query)?.[1]),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  return renderHook(() => useRail()).result
}

test('the rail makes room for tables, until somebody chooses', () => {
  expect(windowOf(1280).current[0]).toBe(false)
  const small = windowOf(1024)
  expect(small.current[0]).toBe(true)
  act(() => small.current[1](false))
  expect(small.current[0]).toBe(false)
  // Remembered, also against a window that is as small.
  cleanup()
  expect(windowOf(1024).current[0]).toBe(false)
})
