import { DockerError } from './errors.ts'

/** What a write carries that must not come back in the words of a refusal. */
export type Payload = {
  /** The value of a secret, or the content of a config. */
  readonly bytes?: Uint8Array
  /** `NAME=value`, as a service's spec has them. */
  readonly environment?: readonly string[]
}

/** The most that is told of what an engine said about a write, in characters. */
const longestWords = 500

/** So much of a message is looked through; what is longer is a quotation. */
const longestJudged = 64 * 1024

/** What is shorter is found in any sentence, in characters. */
const shortest = 4

/** So many characters in common are no chance: a value is also quoted in part. */
const run = 12

/**
 * The error of a write as it may be told and written down. A value travels in the body of a
 * request, and an engine, a plugin or a proxy on the way may quote that body: words that
 * hold any part of it are kept back as a whole, and nothing is said but that. Other words
 * are cut to a length and passed through `masked`. What caused it stays behind, since
 * Node's errors may hold the bytes of an answer.
 */
export function withoutPayload(
  { kind, message, status }: DockerError,
  payload: Payload,
  masked: (text: string) => string,
): DockerError {
  if (message.length > longestJudged || isQuoted(message, payload)) {
    const answer = status === null ? 'What it said' : `What it said (${status})`
    const words = `${answer} quotes what it was sent, and is kept back.`
    return new DockerError(kind, words, status)
  }
  const words = masked(message)
  const isLong = words.length > longestWords
  return new DockerError(kind, isLong ? `${words.slice(0, longestWords)}…` : words, status)
}

function isQuoted(message: string, { bytes, environment = [] }: Payload): boolean {
  const runs = runsOf(message)
  const held = (form: string) => isHeld(message, runs, form)
  const isBegun = (form: string) => held(form) || endsWithin(message, form)
  return (bytes !== undefined && formsOf(bytes).some(isBegun)) || environment.some(isTold)

  function isTold(entry: string): boolean {
    const value = entry.slice(entry.indexOf('=') + 1)
    if (value === '') return false
    if ([entry, inJson(entry)].some((form) => message.includes(form))) return true
    if (value.length < shortest) return false
    return value.length < run ? isAlone(message, value) : formsOf(value).some(held)
  }
}

/** All that a value is written as where it is quoted: by Go, in JSON, in a URL. */
function formsOf(value: Uint8Array | string): string[] {
  const bytes = Buffer.from(value)
  const text = bytes.toString('utf8')
  const base64 = bytes.toString('base64')
  const numbers = bytes.length >= shortest ? bytes.join(' ') : ''
  return [
    ...new Set([
      base64.replace(/=+$/, '').length < shortest ? base64 : base64.replace(/=+$/, ''),
      bytes.toString('base64url'),
      text,
      text.trim(),
      inJson(text),
      encodeURIComponent(text.toWellFormed()),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      numbers,
      numbers.replaceAll(' ', ', '),
    ]),
  ].filter(({ length }) => length >= shortest)
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

function isHeld(message: string, runs: ReadonlySet<string>, form: string): boolean {
  if (message.includes(form)) return true
  if (form.length < run) return false
  if (message.includes(form.slice(0, run))) return true
  for (let at = run; at + run <= form.length; at += run) {
    if (runs.has(form.slice(at, at + run))) return true
  }
  return false
}

/** Whether the message was cut within the first characters of what it quotes. */
function endsWithin(message: string, form: string): boolean {
  const end = message.replace(/[\s.…"'\])}]+$/, '')
  for (let length = Math.min(run, form.length); length >= shortest; length -= 1) {
    if (end.endsWith(form.slice(0, length))) return true
  }
  return false
}

/** Whether it is there, other than as a part of a word. */
function isAlone(message: string, value: string): boolean {
  const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char)
  for (let at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
    if (!isWord(message[at - 1]) && !isWord(message[at + value.length])) return true
  }
  return false
}

function runsOf(message: string): ReadonlySet<string> {
  const runs = new Set<string>()
  for (let at = 0; at + run <= message.length; at += 1)
    runs.add(message.slice(at, at + run))
  return runs
}
