import { expect, test } from 'vitest'
import type { TaskRecord } from './recorder.ts'
import { mostTogether, slotLines } from './slots.ts'

const task = (
  place: string,
  change: Partial<TaskRecord> & { err?: string; message?: string } = {},
): TaskRecord => {
  const { err, message, ...rest } = change
  const states = rest.states ?? ['assigned', 'preparing', 'running']
  return {
    id: `${place} ${states.join()}`,
    service: 's',
    place,
    created: '1',
    desired: ['running'],
    states,
    wait: null,
    overlaps: false,
    isGone: false,
    last: {
      ID: 'x',
      ServiceID: 's',
      CreatedAt: '1',
      DesiredState: rest.desired?.at(-1) ?? 'running',
      Status: {
        State: states.at(-1) ?? 'new',
        ...(message && { Message: message }),
        ...(err && { Err: err }),
      },
    },
    ...rest,
  }
}

const same = (text: string) => text

test('slots of the same story are counted', () => {
  expect(slotLines([task('1'), task('2')], same)).toEqual(['2 × wanted running, running'])
})

test('tasks of a slot follow one another, or run beside one another', () => {
  const old = task('1', {
    desired: ['running', 'shutdown'],
    states: ['running', 'shutdown'],
  })
  const next = task('1', { desired: ['ready', 'running'] })
  const told = 'wanted running → shutdown, running → shutdown'
  expect(slotLines([old, next], same)).toEqual([
    `1 × ${told}; then wanted ready → running, running`,
  ])
  expect(slotLines([old, { ...next, overlaps: true }], same)).toEqual([
    `1 × ${told}; beside it wanted running, running`,
  ])
})

test('what a task passes through in a moment is not told, what it says of its end is', () => {
  const failed = task('1', {
    desired: ['running', 'shutdown'],
    states: ['new', 'pending', 'preparing', 'running', 'failed'],
    err: 'task: non-zero exit (1)',
  })
  expect(slotLines([failed], same)).toEqual([
    '1 × wanted running → shutdown, running → failed, "task: non-zero exit (1)"',
  ])
})

test('a task ran if its end says so, however late it was looked at', () => {
  const late = { desired: ['running', 'shutdown'], states: ['starting', 'failed'] }
  const said = 'wanted running → shutdown, running → failed'
  expect(slotLines([task('1', { ...late, message: 'started' })], same)).toEqual([
    `1 × ${said}`,
  ])
  const latest = { desired: ['shutdown'], states: ['failed'], message: 'started' }
  expect(slotLines([task('1', latest)], same)).toEqual([`1 × ${said}`])
  expect(slotLines([task('1', { ...late, message: 'starting' })], same)).toEqual([
    '1 × wanted shutdown, failed',
  ])
})

test('a task of a job is told the same whether its removal was seen or came too late', () => {
  const done = { states: ['running', 'complete'], message: 'finished' }
  const told = ['1 × wanted complete, running → complete']
  expect(slotLines([task('1', { ...done, desired: ['complete'] })], same)).toEqual(told)
  const cleared = task('1', { ...done, desired: ['complete', 'remove'] })
  expect(slotLines([cleared], same)).toEqual(told)
})

test('a slot without an end is cut short', () => {
  expect(slotLines([task('1'), task('1'), task('1')], same, 2)).toEqual([
    '1 × wanted running, running; then wanted running, running',
  ])
})

test('slots are replaced together if less than a time lies between their new tasks', () => {
  const at = (place: string, ...ms: number[]) =>
    ms.map((time) => task(place, { created: new Date(time).toISOString() }))
  const inTurn = [...at('1', 0, 1000, 1010), ...at('2', 5, 1300, 1305), ...at('3', 1200)]
  expect(mostTogether(inTurn, 200)).toBe(1)
  const together = [...at('1', 0, 1000), ...at('2', 0, 1199), ...at('3', 0, 1200)]
  expect(mostTogether(together, 200)).toBe(2)
  expect(mostTogether([], 200)).toBe(0)
})
