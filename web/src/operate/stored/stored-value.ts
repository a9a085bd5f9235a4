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
  /** What becomes of a newline at the end; null while nobody chose. */
  newline: 'keep' | 'cut' | null
}

/**
 * Of a secret the newline at the end must be chosen: it is often an accident of a file, and
 * part of the password then. Configs are files, and keep theirs.
 */
export const emptyValue = (kind: StoredKind): ValueDraft => ({
  source: 'paste',
  text: '',
  file: null,
  generated: '',
  newline: kind === 'config' ? 'keep' : null,
})

const newline = 10
const carriageReturn = 13

/** The bytes as they came, before the choice about the newline; empty while there are none. */
export function rawBytes({ source, text, file, generated }: ValueDraft): Uint8Array {
  switch (source) {
    case 'paste':
      return new TextEncoder().encode(text)
    case 'file':
      return file?.bytes ?? new Uint8Array()
    case 'generate':
      return new TextEncoder().encode(generated)
  }
}

export const endsWithNewline = (bytes: Uint8Array): boolean => bytes.at(-1) === newline

/** The bytes that would be stored. */
export function payloadOf(draft: ValueDraft): Uint8Array {
  const bytes = rawBytes(draft)
  if (draft.newline !== 'cut' || !endsWithNewline(bytes)) return bytes
  return bytes.subarray(0, bytes.at(-2) === carriageReturn ? -2 : -1)
}

/** Why a value cannot be stored, in a sentence; null where it can. */
export function valueProblem(draft: ValueDraft, kind: StoredKind): string | null {
  const raw = rawBytes(draft)
  if (raw.length === 0) return missing(draft.source, kind)
  if (draft.newline === null && endsWithNewline(raw))
    return 'It ends with a newline: choose whether that is kept.'
  const { length } = payloadOf(draft)
  if (length === 0) return 'Without its newline nothing is left.'
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
