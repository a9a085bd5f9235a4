import { payloadProblem, type StoredKind } from '@skep/shared/contract/stored'

/** Where a value comes from. */
export type ValueSource = 'paste' | 'file' | 'generate'

/** A config is a text that somebody wrote; only of a secret chance makes a good one. */
export const valueSources: Readonly<Record<StoredKind, readonly ValueSource[]>> = {
  secret: ['paste', 'file', 'generate'],
  config: ['paste', 'file'],
}

/**
 * A value on its way. It lives in the state of one sheet, and nowhere else: in no address,
 * no cache, and not in the browser's memory of fields.
 */
export type ValueDraft = {
  source: ValueSource
  text: string
  file: { name: string; bytes: Uint8Array } | null
  generated: string
  /** What becomes of newlines at the end; null while nobody chose. */
  newline: Kept
  /** What becomes of a byte order mark at the beginning; null while nobody chose. */
  mark: Kept
  /** What a typed line ends with: a text area knows line feeds alone. */
  lineEnd: LineEnd
}

/** What of a value is nothing that somebody meant to type: kept, or cut off. */
export type Kept = 'keep' | 'cut' | null

type LineEnd = '\n' | '\r\n'

/**
 * Of a secret the newline at the end must be chosen, and so a byte order mark: it is often
 * an accident of a file, and part of the password then. Configs are files, and keep theirs.
 */
export const emptyValue = (kind: StoredKind): ValueDraft => ({
  source: 'paste',
  text: '',
  file: null,
  generated: '',
  newline: kind === 'config' ? 'keep' : null,
  mark: kind === 'config' ? 'keep' : null,
  lineEnd: '\n',
})

const lineFeed = 10
const carriageReturn = 13

const byteOrderMark = [0xef, 0xbb, 0xbf]

/** The bytes as they came, before anything is cut off; empty while there are none. */
export function rawBytes(draft: ValueDraft): Uint8Array {
  const { source, text, file, generated, lineEnd } = draft
  switch (source) {
    case 'paste':
      return new TextEncoder().encode(text.replaceAll('\n', lineEnd))
    case 'file':
      return file?.bytes ?? new Uint8Array()
    case 'generate':
      return new TextEncoder().encode(generated)
  }
}

/** How many newlines there are at the end; a carriage return and its line feed are one. */
export function newlinesAtEnd(bytes: Uint8Array): number {
  const tail = bytes.subarray(contentEnd(bytes))
  return tail.filter((byte, i) => byte === lineFeed || tail[i + 1] !== lineFeed).length
}

/** Where the newlines at the end begin. */
function contentEnd(bytes: Uint8Array): number {
  let end = bytes.length
  while (bytes[end - 1] === lineFeed || bytes[end - 1] === carriageReturn) end -= 1
  return end
}

export const beginsWithMark = (bytes: Uint8Array): boolean =>
  byteOrderMark.every((byte, i) => bytes[i] === byte)

/** The bytes that would be stored. */
export function payloadOf(draft: ValueDraft): Uint8Array {
  const bytes = rawBytes(draft)
  const start = draft.mark === 'cut' && beginsWithMark(bytes) ? byteOrderMark.length : 0
  const end = draft.newline === 'cut' ? contentEnd(bytes) : bytes.length
  return bytes.subarray(start, Math.max(start, end))
}

/** A text as a text area holds it, with what its lines end with. */
export type Editable = {
  readonly text: string
  readonly lineEnd: LineEnd
  /** Not all lines end alike: a copy that was edited cannot keep that. */
  readonly isMixed: boolean
}

export function editable(text: string): Editable {
  const ends = text.match(/\r\n?|\n/g) ?? []
  const isDos = ends.length > 0 && ends.every((end) => end === '\r\n')
  return {
    text: text.replace(/\r\n?/g, '\n'),
    lineEnd: isDos ? '\r\n' : '\n',
    isMixed: !isDos && ends.some((end) => end !== '\n'),
  }
}

/** Why a value cannot be stored, in a sentence; null where it can. */
export function valueProblem(draft: ValueDraft, kind: StoredKind): string | null {
  const raw = rawBytes(draft)
  if (raw.length === 0) return missing(draft.source, kind)
  if (draft.newline === null && newlinesAtEnd(raw) > 0)
    return 'It ends with a newline: choose whether that is kept.'
  if (draft.mark === null && beginsWithMark(raw))
    return 'It begins with a byte order mark: choose whether that is kept.'
  const { length } = payloadOf(draft)
  if (length === 0) return 'Without what is cut off, nothing is left.'
  return payloadProblem(kind, length)
}

function missing(source: ValueSource, kind: StoredKind): string {
  switch (source) {
    case 'paste':
      return `Type or paste the ${kind === 'secret' ? 'value' : 'content'}.`
    case 'file':
      return 'Choose a file that is not empty.'
    case 'generate':
      return 'Generate a value.'
  }
}

/** Bytes as text, where they are text; null for what no editor would show. */
export function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** How many bytes are turned into characters at a time: a call takes so many arguments. */
const chunk = 32_768

/** As the contract takes it. */
export function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += chunk)
    binary += String.fromCharCode(...bytes.subarray(at, at + chunk))
  return btoa(binary)
}
