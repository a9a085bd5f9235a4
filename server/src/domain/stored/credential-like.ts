import {
  type Announced,
  indentOf,
  itemIn,
  nothing,
  settingsIn,
} from './credential-settings.ts'
import { type Span, shapesIn } from './credential-shapes.ts'

const mask = '••••••'

/**
 * Whether a text holds what looks like a credential: by the name of a setting, or by its look
 * alone. Not what only speaks of one, or says where it is. Of a megabyte that holds none this
 * takes a quarter of a second.
 */
export function holdsCredential(text: string): boolean {
  let state = beginning
  for (const line of text.split('\n')) {
    const { spans, ...next } = lineIn(line, state)
    if (spans.some(([start, end]) => end > start)) return true
    state = next
  }
  return false
}

/**
 * A text with its credentials replaced, and in how many lines. Names, quotes and everything
 * else stay. A value that could be any word is masked where it was found; one that is random
 * enough to be told from a word, wherever it is written again.
 */
export function maskCredentials(text: string): {
  readonly text: string
  readonly masked: number
} {
  const lines = judged(text)
  return {
    text: lines.map(masked).join('\n'),
    masked: lines.filter(({ spans }) => spans.length > 0).length,
  }
}

type Line = { readonly line: string; readonly spans: readonly Span[] }

function masked({ line, spans }: Line): string {
  let text = ''
  let done = 0
  for (const [start, end] of spans) {
    text += line.slice(done, start) + mask
    done = end
  }
  return text + line.slice(done)
}

function judged(text: string): Line[] {
  let state = beginning
  const lines: Line[] = []
  for (const line of text.split('\n')) {
    const { spans, ...next } = lineIn(line, state)
    lines.push({ line, spans: merged(spans) })
    state = next
  }
  const values = new Set(
    lines.flatMap(({ line, spans }) =>
      spans.map((span) => line.slice(...span)).filter(isRandom),
    ),
  )
  if (values.size === 0) return lines
  const find = finder(values)
  return lines.map(({ line, spans }) => ({
    line,
    spans: merged([...spans, ...find(line)]),
  }))
}

type State = {
  /** Whether it is within a private key. */
  readonly isKey: boolean
  readonly announced: Announced
}

const beginning: State = { isKey: false, announced: nothing }

const keyBegins = /-----BEGIN [\w ]*(?:PRIVATE KEY|Static key)[\w ]*-----/i
const comment = /^\s*(?:#|\/\/|;|--\s|\/?\*|<!--|rem\s)/i

function lineIn(line: string, state: State): State & { readonly spans: readonly Span[] } {
  if (state.isKey) return withinKey(line, 0, state)
  const key = keyBegins.exec(line)
  if (key) return withinKey(line, key.index + key[0].length, state)
  if (state.announced.kind === 'quoted') return withinQuotes(line, state.announced)
  const within = announcedIn(line, state.announced)
  if (within) return { ...state, spans: within }
  if (comment.test(line)) {
    return { ...state, spans: [...shapesIn(line).filter(isMeant(line)), ...retired(line)] }
  }
  const { spans, announced } = settingsIn(line, state.announced)
  const isEmpty = line.trim() === ''
  return {
    isKey: false,
    announced: isEmpty ? state.announced : announced,
    spans: [...spans, ...shapesIn(line).filter(isMeant(line))],
  }
}

function withinKey(
  line: string,
  from: number,
  { announced }: State,
): ReturnType<typeof lineIn> {
  const end = line.indexOf('-----END', from)
  const text = line.slice(from, end < 0 ? undefined : end)
  const start = from + indentOf(text)
  const span: Span = [start, start + text.trim().length]
  return { isKey: end < 0, announced, spans: span[1] > span[0] ? [span] : [] }
}

/** Until the quotes come again: what is behind them is not looked at. */
function withinQuotes(
  line: string,
  announced: Announced & { kind: 'quoted' },
): ReturnType<typeof lineIn> {
  const end = line.indexOf(announced.quotes)
  const text = end < 0 ? line : line.slice(0, end)
  const span: Span = [indentOf(text), text.trimEnd().length]
  return {
    isKey: false,
    announced: end < 0 ? announced : nothing,
    spans: span[1] > span[0] ? [span] : [],
  }
}

/** What a line holds because one before it said so; null where it is a line of its own. */
function announcedIn(line: string, announced: Announced): readonly Span[] | null {
  if (announced.kind !== 'text' && announced.kind !== 'list') return null
  if (line.trim() === '') return []
  const indent = indentOf(line)
  if (announced.kind === 'list') {
    const isWithin = indent > announced.indent || /^\s*-\s/.test(line)
    const found = isWithin ? itemIn(line) : null
    return found && [found]
  }
  if (indent <= announced.indent) return null
  return [[indent, line.trimEnd().length]]
}

/** A setting that was commented out, if what it says is random: people write about them. */
function retired(line: string): readonly Span[] {
  const marker = /^\s*(?:#|\/\/|;|--|\/?\*|<!--)+\s*/.exec(line)?.[0].length ?? 0
  return settingsIn(line.slice(marker), nothing)
    .spans.map(([start, end]): Span => [start + marker, end + marker])
    .filter(([start, end]) => {
      const value = line.slice(start, end)
      return !/\s/.test(value) && (/\d/.test(value) || value.length >= 16)
    })
}

const isMeant =
  (line: string) =>
  ([start, end]: Span): boolean =>
    !isPlaceholder(line.slice(start, end))

/** `user:${PASSWORD}@host` gives nothing away. */
const isPlaceholder = (value: string): boolean =>
  /^(?:\$\{\w+\}|\{\{.*\}\}|\$[A-Z_]+|\*+|•+|x{3,})$/.test(value)

/** Long and mixed, so that the same text elsewhere is the same secret. */
const isRandom = (value: string): boolean =>
  value.length >= 8 && /[^A-Za-z]/.test(value) && !/^[\d.:/-]+$/.test(value)

const stem = 8

/** Finds the values in a line, looking at each of its characters once. */
function finder(values: ReadonlySet<string>): (line: string) => Span[] {
  const byStem = Map.groupBy(values, (value) => value.slice(0, stem))
  return (line) => {
    const spans: Span[] = []
    for (let i = 0; i + stem <= line.length; i += 1) {
      for (const value of byStem.get(line.slice(i, i + stem)) ?? []) {
        if (line.startsWith(value, i)) spans.push([i, i + value.length])
      }
    }
    return spans
  }
}

/** In order, and those that overlap as one. */
function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = []
  for (const span of spans.toSorted((a, b) => a[0] - b[0])) {
    if (span[1] <= span[0]) continue
    const last = found.at(-1)
    if (!last || span[0] >= last[1]) found.push(span)
    else found[found.length - 1] = [last[0], Math.max(last[1], span[1])]
  }
  return found
}
