import type { LogLine } from '@skep/shared/contract/log-line'
import { expect, test } from 'vitest'
import { capacity, emptyBuffer, newLines, withLines, withNote } from './log-buffer.ts'

const line = (second: number, task = 'a', text = `${task} ${second}`): LogLine => ({
  at: `2026-11-21T10:00:${String(second).padStart(2, '0')}.000000000Z`,
  stream: 'stdout',
  task,
  slot: '1',
  node: 'n1',
  text,
})
const texts = ({ entries }: { entries: readonly { text: string }[] }) =>
  entries.map(({ text }) => text)

test('lines of several nodes come into the order of their times', () => {
  const first = withLines(emptyBuffer, [line(1), line(3)], 0)
  const second = withLines(first, [line(2, 'b'), line(4, 'b')], 100)
  expect(texts(second)).toEqual(['a 1', 'b 2', 'a 3', 'b 4'])
})

test('what has stood for a while is not overtaken by a clock that is wrong', () => {
  const first = withLines(emptyBuffer, [line(30), line(31)], 0)
  const second = withLines(first, [line(2, 'b')], 5_000)
  expect(texts(second)).toEqual(['a 30', 'a 31', 'b 2'])
})

test('a line without a time stays behind the one it came after', () => {
  const untimed = { ...line(0, 'a', 'untimed'), at: null }
  const buffer = withLines(emptyBuffer, [line(1), untimed, line(2)], 0)
  expect(texts(buffer)).toEqual(['a 1', 'untimed', 'a 2'])
})

test('the oldest go when there are too many, and are counted', () => {
  const many = Array.from({ length: capacity + 7 }, (_, n) => line(1, 'a', `${n}`))
  const buffer = withLines(emptyBuffer, many, 0)
  expect(buffer.entries).toHaveLength(capacity)
  expect(texts(buffer)[0]).toBe('7')
  expect(buffer.dropped).toBe(7)
})

test('after a reconnect, what was seen is known, task by task', () => {
  const buffer = withLines(emptyBuffer, [line(5, 'a'), line(1, 'b')], 0)
  const again = [line(4, 'a'), line(5, 'a'), line(6, 'a'), line(1, 'b'), line(2, 'b')]
  expect(newLines(buffer, again).map(({ text }) => text)).toEqual(['a 6', 'b 2'])
})

test('a note stays where it is: lines go on after it', () => {
  const noted = withNote(withLines(emptyBuffer, [line(9)], 0), 'connected again', 10)
  expect(texts(withLines(noted, [line(3)], 20))).toEqual(['a 9', 'connected again', 'a 3'])
})

test('every entry has an id of its own', () => {
  const buffer = withLines(
    withNote(withLines(emptyBuffer, [line(1)], 0), '', 1),
    [line(2)],
    2,
  )
  expect(new Set(buffer.entries.map(({ id }) => id)).size).toBe(3)
})
