import { expect, test } from 'vitest'
import { type DiffRow, diffCounts, foldedDiff, lineDiff, linesOf } from './line-diff.ts'

const told = (rows: readonly DiffRow[]) =>
  rows.map(({ kind, before, after }) => [kind, before?.text ?? null, after?.text ?? null])

test('what came in the place of a line stands beside it', () => {
  expect(told(lineDiff('a\nb\nc\n', 'a\nB\nc\nd\n'))).toEqual([
    ['same', 'a', 'a'],
    ['changed', 'b', 'B'],
    ['same', 'c', 'c'],
    ['added', null, 'd'],
  ])
})

test('lines keep the number that they have on their own side', () => {
  const rows = lineDiff('x\ny\nz', 'z')
  expect(rows.map(({ before, after }) => [before?.number, after?.number])).toEqual([
    [1, undefined],
    [2, undefined],
    [3, 1],
  ])
})

test('a final newline begins no line', () => {
  expect(linesOf('a\n')).toEqual(['a'])
  expect(linesOf('')).toEqual([])
  expect(linesOf('\n')).toEqual([''])
})

/** Every text of up to four lines over three different ones. */
function texts(): string[] {
  const lines = ['a\n', 'b\n', '\n']
  let all = ['']
  for (let length = 0; length < 4; length++)
    all = [...all, ...all.flatMap((text) => lines.map((line) => text + line))]
  return [...new Set(all)]
}

test('either side can be read back from a comparison, whatever the texts', () => {
  const all = texts()
  for (const before of all)
    for (const after of all) {
      const rows = lineDiff(before, after)
      const side = (key: 'before' | 'after') =>
        rows.flatMap((row) => (row[key] ? [row[key].text] : []))
      if (String(side('before')) !== String(linesOf(before))) expect(before).toBe(rows)
      if (String(side('after')) !== String(linesOf(after))) expect(after).toBe(rows)
    }
  expect(all.length).toBe(121)
})

test('what is the same and far away is folded, and counted out', () => {
  const before = Array.from({ length: 30 }, (_, i) => `line ${i}`)
  const rows = lineDiff(before.join('\n'), before.with(15, 'other').join('\n'))
  const parts = foldedDiff(rows)
  expect(parts.map(({ kind, rows }) => [kind, rows.length])).toEqual([
    ['folded', 12],
    ['shown', 7],
    ['folded', 11],
  ])
  expect(parts.flatMap((part) => part.rows)).toEqual(rows)
  expect(diffCounts(rows)).toEqual({ removed: 1, added: 1 })
})
