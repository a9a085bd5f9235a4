import type { Span } from './credential-shapes.ts'

/** Where an unquoted value of `name=value` ends, other than at the end of its line. */
const endOfWord =
  /(?<!\s)\s+(?=[\w.-]+[ \t]{0,40}=|--?\w|#|;|\\$|&&|\|)|;(?=\s{0,40}(?:$|[A-Za-z][\w ]{0,40}=))|&(?=[\w.-]+=)|["'](?=[,\]);}\s]|$)/g
const endOfText = /(?<!\s)\s+(?=#)|["'](?=[,\]);}\s]|$)/g
const endInBraces = /(?<!\s)\s+(?=#)|[,}\]]|["'](?=[,\]);}\s]|$)/g

/**
 * The word that the lines behind it end with, where a value is `<<EOF`: as of HCL, of a shell,
 * also in its `$(cat …)`, and of PHP.
 */
export function heredocAt(line: string, at: number): string | null {
  heredoc.lastIndex = at
  return heredoc.exec(line)?.[1] ?? null
}

const heredoc = /["']?(?:\$\(\s{0,9}cat\s{1,9})?<<(?:<|[-~])?\s?["']?([A-Za-z_]\w{0,63})/y

/** Whether a line is the last of what that word ends. */
export const endsHeredoc = (line: string, tag: string): boolean =>
  line.trim().replace(/[;,)"']{1,9}$/, '') === tag

/** The quotes that a value begins with, if they do not end in its line. */
export function openQuotesAt(line: string, at: number): string | null {
  const quotes = quotesAt(line, at) ?? singleAt(line, at)
  if (quotes === null) return null
  const from = at + quotes.length
  const isSingle = quotes.length === 1
  const end = closingAt(line, isSingle ? afterTemplate(line, from) : from, quotes)
  if (end >= 0) return null
  // In `echo "Password: "` it is the end of a text that began before.
  const isEnd = isSingle && line.slice(0, at).split(quotes).length % 2 === 0
  return isEnd ? null : quotes
}

const singleAt = (line: string, at: number): string | null =>
  ['"', "'"].find((quote) => line[at] === quote) ?? null

/** Where those quotes come again, from there; -1 where they do not. */
export function closingAt(line: string, from: number, quotes: string): number {
  if (quotes.length > 1) return line.indexOf(quotes, from)
  let at = from
  while (at < line.length && line[at] !== quotes) at += line[at] === '\\' ? 2 : 1
  return at < line.length ? at : -1
}

/** Three quotes, as TOML and Python begin a text with that may go on for lines. */
const quotesAt = (line: string, at: number): string | null =>
  ['"""', "'''"].find((quotes) => line.startsWith(quotes, at)) ?? null

/** Whether the value is what is indented further below it. */
export const isBlockAt = (line: string, at: number): boolean =>
  /^[|>][-+\d]{0,2}\s*$/.test(line.slice(at, at + 80))

/** How far back a brace is looked for that makes a line one of `{name: value, ...}`. */
const nearby = 2_000

/** Where a value begins and ends in its line, without its quotes. */
export function valueAt(line: string, at: number, operator: string): Span {
  const first = line[at]
  const quotes = quotesAt(line, at)
  if (quotes !== null) {
    const start = at + quotes.length
    const end = line.indexOf(quotes, start)
    return [start, end < 0 ? Math.max(start, line.trimEnd().length) : end]
  }
  if (first === '"' || first === "'") {
    const end = closingAt(line, afterTemplate(line, at + 1), first)
    return [at + 1, end < 0 ? Math.max(at + 1, line.trimEnd().length) : end]
  }
  if (first === '#' || (first === '{' && line[at + 1] !== '{')) return [at, at]
  if (first === '[' && line[at + 1] !== '[') {
    const end = line.indexOf(']', at)
    return [at + 1, end < 0 ? line.trimEnd().length : end]
  }
  const ends = endsOf(line, at, operator)
  ends.lastIndex = afterTemplate(line, at)
  const text = line.slice(at, ends.exec(line)?.index ?? line.length)
  return [at, at + text.trimEnd().replace(/[,;]$/, '').length]
}

function endsOf(line: string, at: number, operator: string): RegExp {
  if (!operator.includes(':') || operator.includes('=')) return endOfWord
  const before = line.slice(Math.max(0, at - nearby), at)
  const brace = before.lastIndexOf('{')
  const isOpen = brace >= 0 && before[brace - 1] !== '$' && before[brace - 1] !== '{'
  return isOpen ? endInBraces : endOfText
}

/** Behind a template or variable that begins there: quotes within do not end the value. */
function afterTemplate(line: string, at: number): number {
  const close = line.startsWith('{{', at) ? '}}' : line.startsWith('${', at) ? '}' : null
  const end = close === null ? -1 : line.indexOf(close, at)
  return close === null || end < 0 ? at : end + close.length
}
