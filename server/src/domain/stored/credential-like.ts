import {
  type Announced,
  type Before,
  type Earlier,
  noItem,
  nothing,
} from './credential-announced.ts'
import { withinElement } from './credential-elements.ts'
import { indentOf, itemIn, settingsIn } from './credential-settings.ts'
import { type Span, shapesIn } from './credential-shapes.ts'
import { closingAt, endsHeredoc } from './credential-values.ts'

const mask = '••••••'

/**
 * Whether a text holds what looks like a credential: by the name of a setting, or by its look
 * alone. Not what only speaks of one, or says where it is. Of a megabyte that holds none this
 * takes a third of a second.
 */
export function holdsCredential(text: string): boolean {
  let state = beginning
  for (const line of text.split('\n')) {
    const { spans, earlier, ...next } = lineIn(line, state)
    if (earlier || spans.some(([start, end]) => end > start)) return true
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
    const { spans, earlier, ...next } = lineIn(line, state)
    const first = earlier && lines[earlier.number]
    if (first)
      lines[earlier.number] = { ...first, spans: merged([...first.spans, earlier.span]) }
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

type State = Before & {
  /** Whether it is within a private key. */
  readonly isKey: boolean
}

const fresh = { announced: nothing, item: noItem, map: null }
const beginning: State = { ...fresh, isKey: false, number: 0 }

const keyBegins = /-----BEGIN [\w ]*(?:PRIVATE KEY|Static key)[\w ]*-----/i
const comment = /^\s*(?:#|\/\/|;|--\s|\/?\*|<!--|rem\s)/i

/** What was found in a line, and what it says of the lines after it. */
type Judged = State & {
  readonly spans: readonly Span[]
  /** A credential in a line before, of which only this one tells. */
  readonly earlier: Earlier | null
}

function lineIn(line: string, state: State): Judged {
  const found = judgedIn(line, state)
  return { ...state, earlier: null, ...found, number: state.number + 1 }
}

type Change = Partial<Judged> & Pick<Judged, 'spans'>

function judgedIn(line: string, state: State): Change {
  const { announced } = state
  if (state.isKey) return withinKey(line, 0)
  const key = keyBegins.exec(line)
  if (key) return withinKey(line, key.index + key[0].length)
  if (announced.kind === 'quoted') return withinQuotes(line, announced, state)
  if (announced.kind === 'heredoc') {
    return endsHeredoc(line, announced.tag)
      ? { spans: [], announced: nothing }
      : { spans: [textOf(line)] }
  }
  if (announced.kind === 'element') {
    return withinElement(line, announced.until, (rest, said) =>
      settingsIn(rest, { ...state, announced: said }),
    )
  }
  const within = announcedIn(line, announced)
  if (within) return { spans: within }
  if (comment.test(line)) {
    return { spans: [...shapesIn(line).filter(isMeant(line)), ...retired(line)] }
  }
  if (line.trim() === '') return { spans: [] }
  const isOut = state.map !== null && indentOf(line) <= state.map.indent
  const { spans, ...next } = settingsIn(line, isOut ? { ...state, map: null } : state)
  return { ...next, spans: [...spans, ...shapesIn(line).filter(isMeant(line))] }
}

const textOf = (line: string): Span => [indentOf(line), line.trimEnd().length]

function withinKey(line: string, from: number): Change {
  const end = line.indexOf('-----END', from)
  const text = line.slice(from, end < 0 ? undefined : end)
  const start = from + indentOf(text)
  const span: Span = [start, start + text.trim().length]
  return { isKey: end < 0, spans: span[1] > span[0] ? [span] : [] }
}

/**
 * Until the quotes come again. Of three, what is behind them is not looked at; a single one
 * may have been no quote at all, so that the line is read as any other too.
 */
function withinQuotes(
  line: string,
  announced: Announced & { kind: 'quoted' },
  state: State,
): Change {
  const { quotes } = announced
  const end = closingAt(line, 0, quotes)
  const text = textOf(end < 0 ? line : line.slice(0, end))
  const spans = text[1] > text[0] ? [text] : []
  if (quotes.length > 1) return { spans, announced: end < 0 ? announced : nothing }
  const before = { ...state, announced: nothing }
  const whole = settingsIn(line, before).spans
  const behind = end < 0 ? null : settingsIn(line.slice(end + 1), before)
  return {
    spans: [...spans, ...whole, ...shapesIn(line).filter(isMeant(line))],
    announced: behind?.announced ?? announced,
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
  return [textOf(line)]
}

/** A setting that was commented out, if what it says is random: people write about them. */
function retired(line: string): readonly Span[] {
  const marker = /^\s*(?:#|\/\/|;|--|\/?\*|<!--)+\s*/.exec(line)?.[0].length ?? 0
  return settingsIn(line.slice(marker), { ...fresh, number: 0 })
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
