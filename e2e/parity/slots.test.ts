import { expect, test } from 'vitest'
import type { TaskRecord } from './recorder.ts'
import { fewestTogether, mostTogether, slotLines } from './slots.ts'

const at = (ms: number) => new Date(ms).toISOString()

const task = (
  place: string,
  change: Partial<TaskRecord> & { err?: string; message?: string; ended?: number } = {},
): TaskRecord => {
  const { err, message, ended = 1, ...rest } = change
  const states = rest.states ?? ['assigned', 'preparing', 'running']
  return {
    id: `${place} ${states.join()}`,
    service: 's',
    place,
    created: at(0),
    desired: ['running'],
    states,
    wait: null,
    ran: null,
    isGone: false,
    last: {
      ID: 'x',
      ServiceID: 's',
      CreatedAt: at(0),
      Spec: { ContainerSpec: { Image: 'web:v1' } },
      DesiredState: rest.desired?.at(-1) ?? 'running',
      Status: {
        Timestamp: at(ended),
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
  const old = {
    ...task('1', {
      desired: ['running', 'shutdown'],
      states: ['running', 'shutdown'],
      ended: 2_000,
    }),
    ran: at(0),
  }
  const next = { ...task('1', { desired: ['ready', 'running'] }), ran: at(2_001) }
  const told = 'wanted running → shutdown, running → shutdown'
  const inTurn = [`1 × ${told}; then wanted running, running`]
  const delayed = [`1 × ${told}; then wanted ready → running, running`]
  const together = [`1 × ${told}; beside it wanted running, running`]
  expect(slotLines([old, next], same)).toEqual(inTurn)
  const Spec = { ContainerSpec: { Image: 'web:stubborn' } }
  const stubborn = { ...old, last: { ...old.last, Spec } }
  expect(slotLines([stubborn, next], same)).toEqual(delayed)
  expect(slotLines([old, { ...next, ran: at(1_999) }], same)).toEqual(together)
  const lost = { ...task('1', { desired: ['running', 'shutdown'] }), ran: at(0) }
  expect(slotLines([lost, next], same)[0]).toContain('beside it')
  expect(slotLines([{ ...lost, isGone: true }, next], same)[0]).toContain('then')
})

test('a task that waits for its restart is told to, if that takes long', () => {
  const crashed = task('1', { states: ['running', 'failed'], ended: 10 })
  const next = task('1', { desired: ['ready', 'running'], created: at(20) })
  const after = (seconds: number) => {
    const Spec = { ...crashed.last.Spec, RestartPolicy: { Delay: seconds * 1e9 } }
    return slotLines([{ ...crashed, last: { ...crashed.last, Spec } }, next], same)[0]
  }
  expect(after(2)).toContain('; then wanted ready → running')
  expect(after(0.7)).toContain('; then wanted running')
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
  const made = (place: string, ...ms: number[]) =>
    ms.map((time) => task(place, { created: at(time) }))
  const inTurn = [
    ...made('1', 0, 1000, 1010),
    ...made('2', 5, 1300, 1305),
    ...made('3', 1200),
  ]
  expect(mostTogether(inTurn, 200)).toBe(1)
  const together = [...made('1', 0, 1000), ...made('2', 0, 1199), ...made('3', 0, 1200)]
  expect(mostTogether(together, 200)).toBe(2)
  expect(mostTogether([], 200)).toBe(0)
})

test('how many ran together is told by the times of the swarm, however late they were read', () => {
  const run = (id: string, from: number, ended?: number): TaskRecord => ({
    ...task(id, ended ? { states: ['running', 'shutdown'], ended } : {}),
    id,
    ran: at(from),
  })
  const from = new Set(['a', 'b'])
  const never = task('1', { states: ['failed'] })
  const one = [run('a', 0, 100), run('b', 10), run('c', 101), never]
  expect(fewestTogether(one, from)).toBe(1)
  expect(fewestTogether([run('a', 0, 100), run('b', 10), run('c', 90)], from)).toBe(2)
  expect(fewestTogether([run('a', 0, 100), run('b', 10, 100)], from)).toBe(0)
  expect(fewestTogether([run('a', 0), run('b', 10)], from)).toBe(2)
})
