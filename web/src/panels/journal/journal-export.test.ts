import { expect, test } from 'vitest'
import { anEntry } from './entry.fixture.ts'
import { asCsv, asJson, csvCell } from './journal-export.ts'

/** Cells of one line as a spreadsheet reads them, which takes a quote mark for itself. */
function read(line: string, separator: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < line.length; i += 1) {
    const char = line[i]
    if (isQuoted && char === '"' && line[i + 1] === '"') {
      cell += '"'
      i += 1
    } else if (char === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted
    else if (char === separator && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += char
  }
  return [...cells, cell]
}

const dangerous = /^\s*[=+\-@\t＝＋－＠]/
const bricks = ['=', '-', '\t', '\n', '"', "'", ',', ';', ' ', 'a']

/** Every text of so many of these, and of fewer. */
function textsOf(length: number): string[] {
  if (length === 0) return ['']
  const shorter = textsOf(length - 1)
  const longest = shorter.filter((text) => text.length === length - 1)
  return [...shorter, ...longest.flatMap((text) => bricks.map((brick) => text + brick))]
}

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r\n=1',
  ' =1',
  '＝1',
  '=cmd|" /C calc"!A0',
])('no spreadsheet takes %j for a formula', (text) => {
  expect(read(csvCell(text), ',')[0]).not.toMatch(dangerous)
})

test('what is harmless stays as it is', () => {
  expect(csvCell('web-1 failed, exit 137 "x"')).toBe('"web-1 failed, exit 137 ""x"""')
})

test('whatever is in a name, no cell begins a formula, and the columns stand', () => {
  const texts = textsOf(4)
  expect(texts).toHaveLength(11_111)
  const broken = texts.filter((text) => {
    const subject = { kind: 'service', name: text } as const
    const lines = asCsv([anEntry({ subject, sentence: text, cause: text })]).split('\r\n')
    const [, line = ''] = lines
    const cells = [',', ';', '\t'].flatMap((separator) => read(line, separator))
    return (
      lines.length !== 3 ||
      read(line, ',').length !== 12 ||
      cells.some((cell) => dangerous.test(cell))
    )
  })
  expect(broken).toEqual([])
})

test('JSON holds the entries unchanged, and how far the memory goes', () => {
  const entry = anEntry({ sentence: '=1+1\n' })
  const parsed: unknown = JSON.parse(asJson([entry], { since: null, retentionDays: 90 }))
  expect(parsed).toEqual({ since: null, retentionDays: 90, entries: [entry] })
})
