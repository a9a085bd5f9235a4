/** How a part of a line is written. */
export type CodePart = {
  kind: 'plain' | 'key' | 'string' | 'comment' | 'number'
  text: string
}

/** The notations that are told apart; anything else is plain text. */
export type Notation = 'yaml' | 'json' | 'toml' | 'env' | 'nginx' | 'plain'

const byEnding: readonly [RegExp, Notation][] = [
  [/\bya?ml\b/i, 'yaml'],
  [/\bjson\b/i, 'json'],
  [/\b(toml|ini|cfg|cnf|properties)\b/i, 'toml'],
  [/\b(dot)?env\b/i, 'env'],
  [/nginx|haproxy|caddy/i, 'nginx'],
]

/** What a text is written in, by its name and how it begins; a guess, for colours only. */
export function notationOf(name: string, text: string): Notation {
  // An underscore is a letter to \b, and stands between words of names.
  const named = byEnding.find(([words]) => words.test(name.replaceAll('_', '-')))
  if (named) return named[1]
  const start = text.slice(0, 4_000).trimStart()
  if (/^[{[]\s*("|\{|\[|\]|\})/.test(start)) return 'json'
  if (/^\[[\w.-]+\]\s*$/m.test(start)) return 'toml'
  if (/^\s*(server|http|events|location|upstream)\b.*\{\s*$/m.test(start)) return 'nginx'
  const lines = start.split('\n').filter((line) => line.trim() && !line.startsWith('#'))
  const share = (words: RegExp) =>
    lines.filter((line) => words.test(line)).length / Math.max(1, lines.length)
  if (share(/^(export )?[A-Za-z_]\w*=/) > 0.7) return 'env'
  if (share(/^\s*(- )?[\w.-]+:(\s|$)|^\s*- /) > 0.7) return 'yaml'
  return 'plain'
}

const string = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`
const number = String.raw`(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.-])`

/** For each notation one expression, whose named groups say what a match is. */
const grammars: Record<Exclude<Notation, 'plain'>, RegExp> = {
  yaml: grammar(
    String.raw`^(?<lead>\s*(?:- )*)(?<key>[\w./-]+|${string})(?=\s*:(?:\s|$))`,
    String.raw`(?<comment>(?:^|(?<=\s))#.*)`,
  ),
  json: grammar(`(?<key>${string})(?=\\s*:)`),
  toml: grammar(
    String.raw`^(?<lead>\s*)(?<key>\[+[^\]]*\]+|[\w.-]+(?=\s*[=:]))`,
    String.raw`(?<comment>(?:^|(?<=\s))[#;].*)`,
  ),
  env: grammar(
    String.raw`^(?<lead>(?:export\s+)?)(?<key>[A-Za-z_]\w*)(?==)`,
    String.raw`(?<comment>(?:^|(?<=\s))#.*)`,
  ),
  nginx: grammar(
    String.raw`^(?<lead>\s*)(?<key>[a-z_]+)(?=[\s;{]|$)`,
    String.raw`(?<comment>(?:^|(?<=\s))#.*)`,
  ),
}

function grammar(...own: string[]): RegExp {
  const shared = [`(?<string>${string})`, `(?<number>${number})`]
  return new RegExp([...own, ...shared].join('|'), 'g')
}

const kinds = ['key', 'string', 'comment', 'number'] as const

/** Longer lines are not worth the time: nobody reads them for their colours. */
const longest = 2_000

/** One line in parts that, put together, are the line again. Knows of no other line. */
export function colouredLine(line: string, notation: Notation): CodePart[] {
  if (notation === 'plain' || line.length > longest) return [{ kind: 'plain', text: line }]
  const parts: CodePart[] = []
  const add = (kind: CodePart['kind'], text: string) => {
    if (text !== '') parts.push({ kind, text })
  }
  let done = 0
  for (const { 0: match, index, groups = {} } of line.matchAll(grammars[notation])) {
    const kind = kinds.find((one) => groups[one] !== undefined) ?? 'plain'
    const lead = groups.lead ?? ''
    add('plain', line.slice(done, index) + lead)
    add(kind, match.slice(lead.length))
    done = index + match.length
  }
  add('plain', line.slice(done))
  return parts
}
