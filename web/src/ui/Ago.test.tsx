import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { ThemeProvider } from '../theme/ThemeProvider.tsx'
import { Ago } from './Ago.tsx'
import { type Clock, ClockContext } from './clock.ts'

const start = Date.parse('2026-11-21T14:00:00Z')

function tell() {
  let now = start + 11 * 60_000
  let asOf: number | null = null
  const listeners = new Set<() => void>()
  const clock: Clock = {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    now: () => asOf ?? now,
    asOf: () => asOf,
  }
  render(
    <ThemeProvider env="test">
      <ClockContext value={clock}>
        <Ago at={new Date(start).toISOString()} />
      </ClockContext>
    </ThemeProvider>,
  )
  const tick = (ms: number) =>
    act(() => {
      now += ms
      for (const listener of listeners) listener()
    })
  const freeze = () =>
    act(() => {
      asOf = now
      for (const listener of listeners) listener()
    })
  return { tick, freeze, text: () => screen.getByText(/min/).textContent }
}

afterEach(cleanup)

test('time goes on', () => {
  const { tick, text } = tell()
  expect(text()).toBe('11 min')
  tick(60_000)
  expect(text()).toBe('12 min')
})

test('when the facts are old news it stops, and says of when they are', () => {
  const { tick, freeze, text } = tell()
  freeze()
  tick(600_000)
  expect(text()).toMatch(/^11 min, as of \d\d:\d\d:\d\d$/)
})
