import { expect, test } from 'vitest'
import { colouredLine, type Notation, notationOf } from './code-colour.ts'

const marked = (line: string, notation: Notation) =>
  colouredLine(line, notation).flatMap(({ kind, text }) =>
    kind === 'plain' ? [] : [`${kind} ${text}`],
  )

test.each<{ notation: Notation; line: string; parts: string[] }>([
  {
    notation: 'yaml',
    line: '  port: 8080 # http',
    parts: ['key port', 'number 8080', 'comment # http'],
  },
  { notation: 'yaml', line: '- name: "web"', parts: ['key name', 'string "web"'] },
  { notation: 'yaml', line: 'url: http://a#b', parts: ['key url'] },
  {
    notation: 'json',
    line: '"a": "b:c", "n": -1.5',
    parts: ['key "a"', 'string "b:c"', 'key "n"', 'number -1.5'],
  },
  { notation: 'toml', line: '[server.http]', parts: ['key [server.http]'] },
  {
    notation: 'toml',
    line: 'level = 3 ; low',
    parts: ['key level', 'number 3', 'comment ; low'],
  },
  { notation: 'env', line: "export A_B='x y'", parts: ['key A_B', "string 'x y'"] },
  { notation: 'nginx', line: '  listen 80;', parts: ['key listen', 'number 80'] },
  { notation: 'plain', line: 'port: 80', parts: [] },
])('$notation: $line', ({ notation, line, parts }) => {
  expect(marked(line, notation)).toEqual(parts)
})

/** Lines of what is special to some notation, in an order that is always the same. */
function* oddLines(count: number): Generator<string> {
  const chars = ['"', "'", '#', ';', ':', ' ', 'a', '1', '\\', '=', '-', '[', ']', '.']
  let seed = 7
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  for (let i = 0; i < count; i++)
    yield Array.from(
      { length: Math.floor(next() * 24) },
      () => chars[Math.floor(next() * chars.length)],
    ).join('')
}

test('the parts of a line are the line, whatever is in it', () => {
  for (const line of oddLines(500))
    for (const notation of ['yaml', 'json', 'toml', 'env', 'nginx', 'plain'] as const)
      expect(
        colouredLine(line, notation)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line)
})

test.each<{ name: string; text: string; notation: Notation }>([
  { name: 'app_yaml_v2', text: '', notation: 'yaml' },
  { name: 'settings.json', text: '', notation: 'json' },
  { name: 'edge-nginx', text: '', notation: 'nginx' },
  { name: 'x', text: '{ "a": 1 }', notation: 'json' },
  { name: 'x', text: 'A=1\nB=2\n', notation: 'env' },
  { name: 'x', text: 'a: 1\nb:\n  - c\n', notation: 'yaml' },
  { name: 'x', text: '[a]\nb = 1', notation: 'toml' },
  { name: 'x', text: 'once upon a time', notation: 'plain' },
])('$name with "$text" is $notation', ({ name, text, notation }) => {
  expect(notationOf(name, text)).toBe(notation)
})
