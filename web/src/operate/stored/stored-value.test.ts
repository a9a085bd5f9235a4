import { payloadLimit } from '@skep/shared/contract/stored'
import { expect, test } from 'vitest'
import {
  base64Of,
  editable,
  emptyValue,
  newlinesAtEnd,
  payloadOf,
  textOf,
  type ValueDraft,
  valueProblem,
} from './stored-value.ts'

const pasted = (text: string, fields: Partial<ValueDraft> = {}): ValueDraft => ({
  ...emptyValue('secret'),
  text,
  ...fields,
})
const sent = (draft: ValueDraft) => textOf(payloadOf(draft))

test('newlines at the end are kept or cut, as somebody chose, and no others', () => {
  expect(sent(pasted('a\n\n', { newline: 'keep' }))).toBe('a\n\n')
  expect(sent(pasted('a\n\n', { newline: 'cut' }))).toBe('a')
  expect(sent(pasted('a\n\nb\r\n\n', { newline: 'cut' }))).toBe('a\n\nb')
  expect(sent(pasted('a\r\n', { newline: 'cut' }))).toBe('a')
  expect(sent(pasted('a\nb', { newline: 'cut' }))).toBe('a\nb')
})

const fromFile = (content: string, fields: Partial<ValueDraft> = {}): ValueDraft => {
  const bytes = new TextEncoder().encode(content)
  return pasted('', { source: 'file', file: { name: 'f', bytes }, ...fields })
}

test.each([
  ['a', 0],
  ['a\n', 1],
  ['a\r', 1],
  ['a\r\n', 1],
  ['a\n\n', 2],
  ['a\r\n\r\n', 2],
  ['a\n\r', 2],
  ['\n', 1],
  ['', 0],
])('%j ends with %i newlines', (content, count) => {
  expect(newlinesAtEnd(new TextEncoder().encode(content))).toBe(count)
})

test('a carriage return at the end of a file is asked about as a newline is', () => {
  expect(valueProblem(fromFile('pw\r'), 'secret')).toMatch(/ends with a newline/)
  expect(sent(fromFile('pw\r', { newline: 'cut' }))).toBe('pw')
})

test('a byte order mark is asked about, of a secret, and stays of a config', () => {
  expect(valueProblem(fromFile('\ufeffpw'), 'secret')).toMatch(/byte order mark/)
  expect(sent(fromFile('\ufeffpw', { mark: 'cut' }))).toBe('pw')
  expect(sent(fromFile('\ufeffpw', { mark: 'keep' }))).toBe('\ufeffpw')
  const config = { ...fromFile('\ufeffpw'), mark: emptyValue('config').mark }
  expect(sent(config)).toBe('\ufeffpw')
  const nothing = fromFile('\ufeff\n', { mark: 'cut', newline: 'cut' })
  expect(valueProblem(nothing, 'secret')).toMatch(/nothing is left/)
})

test.each([
  ['a\r\nb\r\n', '\r\n', false],
  ['a\nb\n', '\n', false],
  ['a\r\nb\n', '\n', true],
  ['a\rb', '\n', true],
  ['a', '\n', false],
  ['\ufeffa\r\n', '\r\n', false],
])(
  'a copy of %j keeps its line ends, unless they are mixed',
  (content, lineEnd, isMixed) => {
    const copy = editable(content)
    expect(copy).toMatchObject({ lineEnd, isMixed })
    expect(copy.text).not.toContain('\r')
    if (!isMixed) expect(sent(pasted(copy.text, copy))).toBe(content)
  },
)

test('of a secret the newline has to be chosen; a config keeps its own', () => {
  expect(valueProblem(pasted('a\n'), 'secret')).toMatch(/newline/)
  expect(valueProblem(pasted('a'), 'secret')).toBeNull()
  expect(valueProblem({ ...emptyValue('config'), text: 'a\n' }, 'config')).toBeNull()
})

test.each(['secret', 'config'] as const)('a %s is smaller than its limit', (kind) => {
  const draft = { ...emptyValue(kind), newline: 'keep' as const }
  const most = 'x'.repeat(payloadLimit[kind] - 1)
  expect(valueProblem({ ...draft, text: most }, kind)).toBeNull()
  expect(valueProblem({ ...draft, text: `${most}x` }, kind)).toMatch(/holds less than/)
  // Bytes count, not letters.
  expect(valueProblem({ ...draft, text: `${most.slice(1)}é` }, kind)).toMatch(/less than/)
})

test('an empty value is refused, also one that was a newline', () => {
  expect(valueProblem(pasted(''), 'secret')).toMatch(/Type or paste/)
  expect(valueProblem(pasted('\n', { newline: 'cut' }), 'secret')).toMatch(
    /nothing is left/,
  )
  expect(valueProblem(pasted('x', { source: 'file' }), 'secret')).toMatch(/Choose a file/)
})

test('only the chosen way counts', () => {
  const draft = pasted('typed', { generated: 'made', source: 'generate' })
  expect(sent(draft)).toBe('made')
})

test('bytes travel as base64, however many and whatever they are', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256)
  const back = Uint8Array.from(atob(base64Of(bytes)), (char) => char.charCodeAt(0))
  expect(back).toEqual(bytes)
})

test('what is no text is not shown as text', () => {
  expect(textOf(Uint8Array.of(0xff, 0xfe))).toBeNull()
  expect(textOf(Uint8Array.of(97, 0, 98))).toBeNull()
  expect(textOf(new TextEncoder().encode('é\n'))).toBe('é\n')
})
