import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { stillList, useStill } from './use-still.ts'

const row = (id: string, text = id) => ({ id, text })

test('shows everything while nobody is in it', () => {
  expect(stillList(null, [row('b'), row('a')])).toEqual({
    shown: [
      { item: row('b'), gone: false },
      { item: row('a'), gone: false },
    ],
    waiting: 0,
  })
})

test('while held, rows keep their place, take new content, and stay when gone', () => {
  const { shown, waiting } = stillList(
    [row('a'), row('b')],
    [row('new'), row('b', 'b changed'), row('newer')],
  )
  expect(shown).toEqual([
    { item: row('a'), gone: true },
    { item: row('b', 'b changed'), gone: false },
  ])
  expect(waiting).toBe(2)
})

test('holds while the pointer or the focus is inside, and lets go after both', () => {
  const { result, rerender } = renderHook(({ rows }) => useStill(rows), {
    initialProps: { rows: [row('a')] },
  })
  const outside = { currentTarget: document.body, relatedTarget: null }
  act(() => result.current.handlers.onPointerEnter())
  act(() => result.current.handlers.onFocus())
  rerender({ rows: [row('b'), row('a')] })
  expect(result.current.waiting).toBe(1)
  act(() => result.current.handlers.onPointerLeave())
  expect(result.current.shown.map(({ item }) => item.id)).toEqual(['a'])

  act(() => result.current.takeIn())
  expect(result.current.shown.map(({ item }) => item.id)).toEqual(['b', 'a'])

  rerender({ rows: [row('c'), row('b'), row('a')] })
  expect(result.current.waiting).toBe(1)
  act(() => result.current.handlers.onBlur(outside))
  expect(result.current.shown.map(({ item }) => item.id)).toEqual(['c', 'b', 'a'])
})
