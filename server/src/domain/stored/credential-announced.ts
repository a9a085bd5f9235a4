import type { Span } from './credential-shapes.ts'

/** What a line tells of the lines after it. */
export type Announced =
  | { readonly kind: 'nothing' }
  /** `- name: DB_PASSWORD`: the `value` that follows is a credential. */
  | { readonly kind: 'named'; readonly lines: number }
  /** `- --password`: the next line is. */
  | { readonly kind: 'next' }
  /** `password = """` or `password: "first`: all until the same quotes again. */
  | { readonly kind: 'quoted'; readonly quotes: string }
  /** `password = <<EOF`: all until a line that is that word. */
  | { readonly kind: 'heredoc'; readonly tag: string }
  /** `<password>`: its text, which ends before that. */
  | { readonly kind: 'element'; readonly until: string }
  /** `password: |`, or nothing: what is indented further, as a text or as a list. */
  | { readonly kind: 'text' | 'list'; readonly indent: number }

export const nothing: Announced = { kind: 'nothing' }
/** What else an item says may stand between its name and its value. */
export const named: Announced = { kind: 'named', lines: 4 }

/** What the lines before tell of the one that is read. */
export type Before = {
  readonly announced: Announced
  readonly item: Item
  /** The map of credentials that it is in, as under `tokens:`; null for none. */
  readonly map: CredentialMap | null
  /** Which line it is. */
  readonly number: number
}

/** The `name` and `value` of an item, in whichever order they come. */
export type Item = {
  /** Whether it has begun, and no name has come. */
  readonly isNameless: boolean
  /** The value that came first: whether it is a credential, the name will say. */
  readonly value: Earlier | null
}

/** Where something is that only a later line tells of. */
export type Earlier = { readonly number: number; readonly span: Span }

/** `tokens:`, with nothing behind it: each value indented further is one. */
export type CredentialMap = { readonly indent: number; readonly name: string }

export const noItem: Item = { isNameless: false, value: null }

/** What a line gives away, and what it tells of others. */
export type Reading = {
  readonly spans: readonly Span[]
  readonly announced: Announced
  readonly item: Item
  readonly map: CredentialMap | null
  readonly earlier: Earlier | null
}
