import { isAuthKey, isCredentialKey, isReference } from './credential-keys.ts'
import type { Span } from './credential-shapes.ts'

/** What a line tells of the lines after it. */
export type Announced =
  | { readonly kind: 'nothing' }
  /** `- name: DB_PASSWORD`: the `value` that follows is a credential. */
  | { readonly kind: 'named'; readonly lines: number }
  /** `- --password`: the next line is. */
  | { readonly kind: 'next' }
  /** `password = """`: all until the same quotes again. */
  | { readonly kind: 'quoted'; readonly quotes: string }
  /** `password: |`, or nothing: what is indented further, as a text or as a list. */
  | { readonly kind: 'text' | 'list'; readonly indent: number }

export const nothing: Announced = { kind: 'nothing' }

const assignment =
  /(?<![\w.$-])(-{0,2}[A-Za-z_][\w.-]*)(["']?\]?[ \t]{0,40}(?:=>|:=|\?=|[=:])[ \t]{0,40})/g

/** `requirepass foobared`, `ENV TOKEN abc`, and nothing else in the line. */
const directive =
  /^\s*(?:(?:env|setenv|set|export|fastcgi_param)\s+)?([A-Za-z_][\w.-]*)[ \t]+(?:(["'])([^"']+)\2|([^\s"';]+));?\s*$/i
const flag = /(?<![\w-])--([A-Za-z][\w-]*)[ \t]+(["']?)(?!-)([^\s"']+)/g
const listedFlag = /["']--?([A-Za-z][\w-]*)["']\s{0,40},\s{0,40}["']([^"']+)["']/g
/** `define('DB_PASSWORD', 'hunter2')` */
const pair = /\(\s{0,40}["']([A-Za-z_][\w.-]*)["']\s{0,40},\s{0,40}["']([^"']+)["']/g
const element = /<([\w:.-]+)(?:\s[^<>]*)?>([^<>]+)<\//g
const flagAlone = /^\s*-\s+["']?--?([A-Za-z][\w-]*)["']?,?\s*$/
const item = /^(\s*(?:-\s+)?["']?)([^\s:"'][^\s"']*)["']?,?\s*$/

/** Where an unquoted value of `name=value` ends, other than at the end of its line. */
const endOfWord =
  /(?<!\s)\s+(?=[\w.-]+[ \t]{0,40}=|--?\w|#|;|\\$|&&|\|)|;(?=\s{0,40}(?:$|[A-Za-z][\w ]{0,40}=))|&(?=[\w.-]+=)|["'](?=[,\]);}\s]|$)/g
const endOfText = /(?<!\s)\s+(?=#)|["'](?=[,\]);}\s]|$)/g
const endInBraces = /(?<!\s)\s+(?=#)|[,}\]]|["'](?=[,\]);}\s]|$)/g

/** Where a line gives credentials away by the names of its settings. */
export function settingsIn(
  line: string,
  announced: Announced,
): { readonly spans: readonly Span[]; readonly announced: Announced } {
  if (announced.kind === 'next') {
    const found = itemIn(line)
    if (found) return { spans: [found], announced: nothing }
  }
  const found = assignmentsIn(line, announced.kind === 'named')
  const spans = [...found.spans, ...wordsIn(line)]
  const alone = flagAlone.exec(line)?.[1]
  if (alone !== undefined && isCredentialKey(alone)) {
    return { spans, announced: { kind: 'next' } }
  }
  if (found.announced.kind !== 'nothing' || announced.kind !== 'named') {
    return { spans, announced: found.announced }
  }
  const lines = announced.lines - 1
  return { spans, announced: lines > 0 ? { kind: 'named', lines } : nothing }
}

function assignmentsIn(line: string, isNamed: boolean): ReturnType<typeof settingsIn> {
  const spans: Span[] = []
  const end = line.trimEnd().length
  const indent = indentOf(line)
  let named = isNamed
  let announced = nothing
  assignment.lastIndex = 0
  for (;;) {
    const match = assignment.exec(line)
    if (!match) return { spans, announced }
    const [all, name = '', operator = ''] = match
    const at = match.index + all.length
    if (line.startsWith('//', at)) continue
    if (/^(?:name|key)$/i.test(name)) {
      named = isCredentialKey(matchAt(nameThere, line, at)?.[1] ?? '')
      if (named) announced = { kind: 'named', lines: 2 }
    }
    if (isAuthKey(name)) {
      const found = encodedAt(line, at)
      if (found) spans.push(found)
    }
    const isValue = named && /^value$/i.test(name)
    if (!isValue && !isCredentialKey(name)) continue
    if (isValue) named = false
    if (at >= end) announced = { kind: 'list', indent }
    if (isBlock(line, at)) {
      announced = { kind: 'text', indent }
      continue
    }
    const quotes = quotesAt(line, at)
    if (quotes !== null && line.indexOf(quotes, at + quotes.length) < 0) {
      announced = { kind: 'quoted', quotes }
    }
    const span = valueAt(line, at, operator)
    if (isCredential(name, line.slice(...span))) spans.push(span)
    assignment.lastIndex = Math.max(span[1], at)
  }
}

/** Three quotes, as TOML and Python begin a text with that may go on for lines. */
const quotesAt = (line: string, at: number): string | null =>
  ['"""', "'''"].find((quotes) => line.startsWith(quotes, at)) ?? null

const nameThere = /["']?([\w.-]{1,200})(?![\w.-])/y
const encoded = /(["']?)([A-Za-z0-9+/_-]{8,}={0,2})(?=["'\s,;}]|$)/y

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(line)
}

/** What reads as base64, and as no word: what HTTP sends of a user and a password. */
function encodedAt(line: string, at: number): Span | null {
  const [, quote = '', value = ''] = matchAt(encoded, line, at) ?? []
  const start = at + quote.length
  return /[\dA-Z=]/.test(value) ? [start, start + value.length] : null
}

const isBlock = (line: string, at: number): boolean =>
  /^[|>][-+\d]{0,2}\s*$/.test(line.slice(at, at + 80))

/** What the whole line says, or its flags and elements. */
function wordsIn(line: string): Span[] {
  const spans: Span[] = []
  const push = (name: string, value: string, start: number) => {
    if (isCredentialKey(name) && isCredential(name, value)) {
      spans.push([start, start + value.length])
    }
  }
  const said = line.length <= 1_000 ? directive.exec(line) : null
  if (said) {
    const [, name = '', , quoted, plain] = said
    const value = quoted ?? plain ?? ''
    const isOne = /[^A-Za-z]/.test(value) || name === name.toLowerCase()
    if (isOne && !/^[:=]/.test(value)) push(name, value, line.lastIndexOf(value))
  }
  for (const match of line.matchAll(flag)) {
    const [all, name = '', , value = ''] = match
    push(name, value, match.index + all.length - value.length)
  }
  for (const pattern of [listedFlag, pair]) {
    for (const match of line.matchAll(pattern)) {
      const [all, name = '', value = ''] = match
      push(name, value, match.index + all.length - 1 - value.length)
    }
  }
  for (const match of line.matchAll(element)) {
    const [all, name = '', value = ''] = match
    push(name, value, match.index + all.length - 2 - value.length)
  }
  return spans
}

/** The value alone in its line, as of a list. */
export function itemIn(line: string): Span | null {
  const match = item.exec(line)
  const [, before = '', value = ''] = match ?? []
  const text = value.replace(/,$/, '')
  // A name with nothing behind it begins a map.
  return match && !text.endsWith(':') && !isReference(text)
    ? [before.length, before.length + text.length]
    : null
}

export const indentOf = (line: string): number => line.length - line.trimStart().length

/** A small number counts something, unless it is a password. */
const isCredential = (name: string, value: string): boolean =>
  !isReference(value) && (/pass|pwd|pw$|pin$/i.test(name) || !/^\d{1,6}$/.test(value))

/** How far back a brace is looked for that makes a line one of `{name: value, ...}`. */
const nearby = 2_000

/** Where a value begins and ends, without its quotes. */
function valueAt(line: string, at: number, operator: string): Span {
  const first = line[at]
  const quotes = quotesAt(line, at)
  if (quotes !== null) {
    const start = at + quotes.length
    const end = line.indexOf(quotes, start)
    return [start, end < 0 ? Math.max(start, line.trimEnd().length) : end]
  }
  if (first === '"' || first === "'") {
    let end = afterTemplate(line, at + 1)
    while (end < line.length && line[end] !== first) end += line[end] === '\\' ? 2 : 1
    return [at + 1, Math.min(end, line.length)]
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
