import { expect, test } from 'vitest'
import { anEntry } from './entry.fixture.ts'
import { journalDays, operationEnds } from './journal-lines.ts'

const at = (day: number, minute: number) =>
  new Date(2026, 10, day, 12, minute).toISOString()

const outline = (days: ReturnType<typeof journalDays>) =>
  days.map(({ key, lines }) => [
    key,
    lines.map(({ newest, before }) => [newest.id, before.length + 1]),
  ])

test('puts entries under the day of the reader, in the order they came', () => {
  const days = journalDays([
    anEntry({ id: 3, at: at(21, 1), sentence: 'c' }),
    anEntry({ id: 2, at: at(20, 59), sentence: 'b' }),
    anEntry({ id: 1, at: at(20, 1), sentence: 'a' }),
  ])
  expect(outline(days)).toEqual([
    ['2026-11-21', [[3, 1]]],
    [
      '2026-11-20',
      [
        [2, 1],
        [1, 1],
      ],
    ],
  ])
})

test('what was observed several times running is one line; a break starts another', () => {
  const failed = { sentence: 'slot 1 failed', slot: '1', cause: 'exit 1' }
  const days = journalDays([
    anEntry({ id: 5, at: at(21, 5), ...failed }),
    anEntry({ id: 4, at: at(21, 4), ...failed }),
    anEntry({ id: 3, at: at(21, 3), ...failed, cause: 'exit 2' }),
    anEntry({ id: 2, at: at(21, 2), ...failed }),
    anEntry({ id: 1, at: at(21, 1), ...failed, subject: { kind: 'service', name: 'b' } }),
  ])
  expect(days[0]?.lines.map(({ newest, before }) => [newest.id, before.length])).toEqual([
    [5, 1],
    [3, 0],
    [2, 0],
    [1, 0],
  ])
})

test('what people did is never folded', () => {
  const pressed = { kind: 'action', sentence: 'Restart web', actor: 'ana' } as const
  const days = journalDays([anEntry({ id: 2, ...pressed }), anEntry({ id: 1, ...pressed })])
  expect(days[0]?.lines).toHaveLength(2)
})

test('finds both ends of an operation, and of two outcomes the last', () => {
  const ends = operationEnds([
    anEntry({ id: 4, kind: 'outcome', operation: 'op' }),
    anEntry({ id: 3, kind: 'outcome', operation: 'op' }),
    anEntry({ id: 2, kind: 'spec', operation: 'op' }),
    anEntry({ id: 1, kind: 'action', operation: 'op' }),
    anEntry({ id: 0, kind: 'action', operation: null }),
  ])
  expect(ends.size).toBe(1)
  expect(ends.get('op')).toMatchObject({ action: { id: 1 }, outcome: { id: 4 } })
})
