import { type Announced, named, nothing } from './credential-announced.ts'
import { isCredentialKey, isReference } from './credential-keys.ts'
import type { Span } from './credential-shapes.ts'

/** What elements say of a line, and of the next ones: null where they have no say in that. */
type Found = { readonly spans: readonly Span[]; readonly announced: Announced | null }

const tag = /<([A-Za-z_][\w:.-]*)((?:\s[^<>]*)?)>/g
const called = /\s(?:name|key)\s{0,9}=\s{0,9}["']([\w.-]{1,200})["']/i
const isName = /^(?:[\w.]+[:-])?(?:name|key)$/i
/** The last is of a property list, behind its `key`. */
const isValue = /^(?:[\w.]+[:-])?(?:value|string)$/i
const cdata = '<![CDATA['

/**
 * The credentials in a line of XML: `<password>…</password>`, `<entry key="db.password">…`,
 * and `<name>…password</name>` with the `<value>` behind it, in this line or one of the next.
 * @param isNamed whether the name of a credential came before, and its value did not
 */
export function elementsIn(line: string, isNamed: boolean): Found {
  if (!line.includes('<')) return { spans: [], announced: null }
  const spans: Span[] = []
  let isOpen = isNamed
  let announced: Announced | null = null
  let done = 0
  for (const match of line.matchAll(tag)) {
    // Within a text that was found.
    if (match.index < done) continue
    const [all, name = '', attributes = ''] = match
    const isFirst =
      line.slice(done, match.index).trim() === '' || line[match.index - 1] === '>'
    const at = match.index + all.length
    done = at
    if (attributes.endsWith('/')) continue
    const of = called.exec(attributes)?.[1]
    const isOne =
      (isOpen && isValue.test(name)) ||
      isCredentialKey(name) ||
      (of !== undefined && isCredentialKey(of))
    if (!isOne && !isName.test(name)) continue
    const { text, span, until } = textAt(line, at)
    done = Math.max(done, span?.[1] ?? at)
    if (!isOne) {
      if (until !== null) continue
      isOpen = isCredentialKey(text.trim())
      announced = isOpen ? named : nothing
      continue
    }
    // `-p<password>` speaks of one: an element that goes on for lines begins its line.
    if (until !== null && !isFirst) continue
    isOpen = text.trim() === '' && until === null
    announced = until !== null ? { kind: 'element', until } : isOpen ? named : nothing
    if (span && !isReference(text)) spans.push(span)
  }
  return { spans, announced }
}

/**
 * What a line holds of the text of an element that began before it, and what comes behind.
 * @param rest reads what is behind the text
 */
export function withinElement(
  line: string,
  until: string,
  rest: (
    line: string,
    announced: Announced,
  ) => {
    readonly spans: readonly Span[]
    readonly announced: Announced
  },
): { readonly spans: readonly Span[]; readonly announced: Announced } {
  const end = line.indexOf(until)
  const text = trimmed(line, 0, end < 0 ? line.length : end)
  const spans = isReference(line.slice(...text)) ? [] : [text]
  if (end < 0) return { spans, announced: { kind: 'element', until } }
  if (until === '<' && line.startsWith(cdata, end)) {
    const inner = withinElement(line.slice(end + cdata.length), ']]>', rest)
    return { ...inner, spans: [...spans, ...moved(inner.spans, end + cdata.length)] }
  }
  // `<property name="password">` may have its text in a `<value>`.
  const isNested = until === '<' && !line.startsWith('</', end)
  const behind = rest(line.slice(end), isNested ? named : nothing)
  return { ...behind, spans: [...spans, ...moved(behind.spans, end)] }
}

const moved = (spans: readonly Span[], by: number): Span[] =>
  spans.map(([start, end]): Span => [start + by, end + by])

/** The text of an element from there, and what it ends before where that is on another line. */
function textAt(
  line: string,
  at: number,
): { readonly text: string; readonly span: Span | null; readonly until: string | null } {
  const isRaw = line.startsWith(cdata, at)
  const from = isRaw ? at + cdata.length : at
  const until = isRaw ? ']]>' : '<'
  const end = line.indexOf(until, from)
  const span = trimmed(line, from, end < 0 ? line.length : end)
  const text = line.slice(...span)
  if (end < 0) return { text, span, until }
  // Before another element there is a placeholder: `<user>:<password>@<host>`.
  const isWhole = isRaw || line.startsWith('</', end)
  return isWhole ? { text, span, until: null } : { text: '', span: null, until: null }
}

function trimmed(line: string, from: number, to: number): Span {
  const text = line.slice(from, to)
  const start = from + text.length - text.trimStart().length
  return [start, start + text.trim().length]
}
