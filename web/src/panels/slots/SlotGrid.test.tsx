import type { Slot } from '@skep/shared/contract/service'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ThemeProvider } from '../../theme/ThemeProvider.tsx'
import { SlotGrid } from './SlotGrid.tsx'

const lineLength = 3

const slot = (number: number): Slot => ({
  key: `${number}`,
  number,
  status: 'running',
  tasks: [
    {
      id: `task${number}`,
      service: 'web',
      slot: number,
      node: 'n1',
      state: 'running',
      desired: 'running',
      since: '2026-11-21T10:00:00Z',
      message: 'started',
      error: null,
      exitCode: null,
      upToDate: number !== 2,
      nodeLost: false,
    },
  ],
  phase: null,
  restarts: 0,
})
const slots = [1, 2, 3, 4, 5, 6, 7].map(slot)

/** Nothing is laid out here: cells are told to stand in lines of three. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (
    this: HTMLElement,
  ) {
    const number = Number(this.closest<HTMLElement>('[data-slot]')?.dataset.slot ?? 1)
    return new DOMRect(0, Math.floor((number - 1) / lineLength) * 24, 24, 24)
  })
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

function show(shown = slots) {
  const onOpen = vi.fn<(slot: Slot) => void>()
  const grid = (now: Slot[]) => (
    <ThemeProvider env="test">
      <SlotGrid slots={now} onOpen={onOpen} />
    </ThemeProvider>
  )
  const { rerender } = render(grid(shown))
  return { onOpen, change: (now: Slot[]) => rerender(grid(now)) }
}

const focus = (number: number) =>
  act(() => screen.getByRole('button', { name: new RegExp(`^Slot ${number}:`) }).focus())
const focused = () =>
  document.activeElement?.closest<HTMLElement>('[data-slot]')?.dataset.slot
const press = (key: string) =>
  fireEvent.keyDown(document.activeElement ?? document, { key })
const stops = () =>
  screen.getAllByRole('gridcell').filter((cell) => cell.querySelector('[tabindex="0"]'))

test('the grid says what it holds, and is one tab stop', () => {
  show()
  expect(screen.getByRole('grid').getAttribute('aria-label')).toBe(
    '7 slots: 7 running, 1 on an earlier spec',
  )
  expect(stops().map((cell) => cell.dataset.slot)).toEqual(['1'])
})

test.each([
  { from: 1, key: 'ArrowRight', to: '2' },
  { from: 3, key: 'ArrowRight', to: '4' },
  { from: 1, key: 'ArrowLeft', to: '1' },
  { from: 2, key: 'ArrowDown', to: '5' },
  { from: 5, key: 'ArrowUp', to: '2' },
  { from: 6, key: 'ArrowDown', to: '6' },
  { from: 5, key: 'Home', to: '1' },
  { from: 2, key: 'End', to: '7' },
])('$key from slot $from leads to slot $to', ({ from, key, to }) => {
  show()
  focus(from)
  press(key)
  expect(focused()).toBe(to)
  expect(stops().map((cell) => cell.dataset.slot)).toEqual([to])
})

test('what a click and Enter, which clicks the button, open is the slot', () => {
  const { onOpen } = show()
  fireEvent.click(screen.getByRole('button', { name: /^Slot 4:/ }))
  expect(onOpen.mock.calls.map(([{ key }]) => key)).toEqual(['4'])
})

test('focus shows the details, Escape puts them away', () => {
  show()
  focus(2)
  expect(screen.getByRole('tooltip').textContent).toContain('earlier spec')
  press('Escape')
  expect(screen.queryByRole('tooltip')).toBeNull()
})

test('on its course a slot says its phase, and how many of its tasks failed', () => {
  const [first = slot(1)] = slots
  const remembered = { ...first, phase: 'verifying', restarts: 3 } as const
  render(
    <ThemeProvider env="test">
      <SlotGrid slots={[remembered]} course="update" monitorMs={30_000} onOpen={vi.fn()} />
    </ThemeProvider>,
  )
  focus(1)
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(
    /, verifying, .*3 failed tasks remembered$/,
  )
  const { textContent } = screen.getByRole('tooltip')
  expect(textContent).toContain('running, verifying')
  expect(textContent).toContain('3 failed tasks remembered')
})

test('when the slot of the tab stop goes, the first takes its place', () => {
  const { change } = show()
  focus(7)
  change(slots.slice(0, 6))
  expect(stops().map((cell) => cell.dataset.slot)).toEqual(['1'])
})
