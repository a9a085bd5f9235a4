import {
  type Announced,
  type Before,
  type CredentialMap,
  type Earlier,
  type Item,
  named,
  noItem,
  nothing,
  type Reading,
} from './credential-announced.ts'
import { elementsIn } from './credential-elements.ts'
import {
  isAuthKey,
  isCredentialKey,
  isCredentialPlural,
  isEntryOfPlural,
  isReference,
} from './credential-keys.ts'
import type { Span } from './credential-shapes.ts'
import { heredocAt, isBlockAt, openQuotesAt, valueAt } from './credential-values.ts'

const assignment =
  /(?<![\w.$-])(-{0,2}[A-Za-z_][\w.-]*)(["']?\]?[ \t]{0,40}(?:=>|:=|\?=|[=:])[ \t]{0,40})/g

/** `requirepass foobared`, `ENV TOKEN abc`, and nothing else in the line. */
const directive =
  /^\s*(?:(?:env|setenv|set|export|fastcgi_param)\s+)?([A-Za-z_][\w.-]*)[ \t]+(?:(["'])([^"']+)\2|([^\s"';]+));?(?:\s+#.*)?\s*$/di
const flag = /(?<![\w-])--([A-Za-z][\w-]*)[ \t]+(["']?)(?!-)([^\s"']+)/g
const listedFlag = /["']--?([A-Za-z][\w-]*)["']\s{0,40},\s{0,40}["']([^"']+)["']/g
/** `define('DB_PASSWORD', 'hunter2')` */
const pair = /\(\s{0,40}["']([A-Za-z_][\w.-]*)["']\s{0,40},\s{0,40}["']([^"']+)["']/g
const flagAlone = /^\s*-\s+["']?--?([A-Za-z][\w-]*)["']?,?\s*$/
const item = /^(\s*(?:-\s+)?["']?)([^\s:"'][^\s"']*)["']?,?\s*$/

/** Where a line gives credentials away by the names of its settings. */
export function settingsIn(line: string, before: Before): Reading {
  const { announced } = before
  if (announced.kind === 'next') {
    const found = itemIn(line)
    if (found) {
      return { ...before, spans: [found], announced: nothing, earlier: null }
    }
  }
  const found = assignmentsIn(line, before)
  const elements = elementsIn(line, announced.kind === 'named')
  const spans = [...found.spans, ...elements.spans, ...wordsIn(line)]
  const alone = flagAlone.exec(line)?.[1]
  if (alone !== undefined && isCredentialKey(alone)) {
    return { ...found, spans, announced: { kind: 'next' } }
  }
  const said = elements.announced ?? found.announced
  if (said !== null) return { ...found, spans, announced: said }
  const lines = announced.kind === 'named' ? announced.lines - 1 : 0
  return { ...found, spans, announced: lines > 0 ? { kind: 'named', lines } : nothing }
}

/** How many lines a value may stand before its name. */
const farthest = 3

type Assignments = Omit<Reading, 'announced'> & {
  /** Null where what was announced before holds on. */
  readonly announced: Announced | null
}

function assignmentsIn(line: string, before: Before): Assignments {
  const spans: Span[] = []
  const end = line.trimEnd().length
  const indent = indentOf(line)
  let isNamed = before.announced.kind === 'named'
  let announced: Announced | null = null
  let { item, map } = before
  let earlier: Earlier | null = null
  /** Up to where the line has been looked into. */
  let done = 0
  /** A map that is in this line, and where it ends. */
  let inline: CredentialMap | null = null
  let inlineEnd = 0
  assignment.lastIndex = 0
  for (;;) {
    const match = assignment.exec(line)
    if (!match) break
    const [all, name = '', operator = ''] = match
    const at = match.index + all.length
    if (line.startsWith('//', at)) continue
    if (match.index >= done && begins(line, done, match.index)) item = begun
    done = Math.max(done, at)
    if (/^(?:name|key)$/i.test(name)) {
      isNamed = isCredentialKey(matchAt(nameThere, line, at)?.[1] ?? '')
      announced = isNamed ? named : nothing
      const first = isNamed ? item.value : null
      if (first && before.number - first.number <= farthest) {
        if (first.number === before.number) spans.push(first.span)
        else earlier = first
        isNamed = false
        announced = nothing
      }
      item = noItem
    }
    if (isAuthKey(name)) {
      const found = encodedAt(line, at)
      if (found) spans.push(found)
    }
    const isValue = /^value$/i.test(name)
    const around: CredentialMap | null = at < inlineEnd ? inline : map
    const ofMap = around !== null && isEntryOfPlural(name) ? around.name : null
    if (!(isValue && isNamed) && ofMap === null && !isCredentialKey(name)) {
      if (isValue && item.isNameless && item.value === null) {
        const span = valueAt(line, at, operator)
        done = Math.max(done, span[1])
        if (isCredential(name, line.slice(...span))) {
          item = { isNameless: true, value: { number: before.number, span } }
        }
      }
      continue
    }
    if (isValue && isNamed) {
      isNamed = false
      announced = nothing
    }
    const plural: CredentialMap | null =
      around === null && isCredentialPlural(name) ? { indent, name } : null
    if (at >= end || (at === end - 1 && line[at] === '[')) {
      announced = { kind: 'list', indent }
      map ??= plural
    }
    if (plural && line[at] === '{' && line[at + 1] !== '{') {
      const close = line.indexOf('}', at)
      inline = plural
      inlineEnd = close < 0 ? line.length : close
      if (close < 0) map = plural
    }
    if (isBlockAt(line, at)) {
      announced = { kind: 'text', indent }
      continue
    }
    const tag = heredocAt(line, at)
    if (tag !== null) {
      announced = { kind: 'heredoc', tag }
      continue
    }
    const quotes = openQuotesAt(line, at)
    if (quotes !== null) announced = { kind: 'quoted', quotes }
    const span = valueAt(line, at, operator)
    if (isCredential(ofMap ?? name, line.slice(...span))) spans.push(span)
    assignment.lastIndex = Math.max(span[1], at)
    done = assignment.lastIndex
  }
  // The next line may be of another item, or of none.
  const brace = Math.max(line.lastIndexOf('{'), line.lastIndexOf('}'))
  if (brace >= done) item = line[brace] === '{' ? begun : noItem
  return { spans, announced, item, map, earlier }
}

/** One of a list, or one in braces. */
const begun: Item = { isNameless: true, value: null }

const begins = (line: string, from: number, to: number): boolean => {
  const between = line.slice(from, to)
  return /[{}]/.test(between) || (from === 0 && /^\s*-\s/.test(between))
}

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

/** What the whole line says, or its flags. */
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
    const [start = 0] = said.indices?.[3] ?? said.indices?.[4] ?? []
    if (isOne && !/^[:=]/.test(value)) push(name, value, start)
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
