import type { WrittenDate } from './version-dates.ts'
import { lastPiece, type Piece } from './version-pieces.ts'

/** How the versions of a family are told apart; `none` counts as the first number. */
export type VersionKind = 'none' | 'number' | 'date' | 'hash'

export type VersionedName = {
  /** The name without its version: what all versions of it have in common. */
  readonly family: string
  /** As written, without what stands before it. */
  readonly version: string | null
  readonly kind: VersionKind
  /** Grows from version to version of the same kind; empty for a hash, which has no order. */
  readonly rank: readonly number[]
}

/** A name, split where its version begins. */
export type SplitName = {
  readonly stem: string
  readonly pieces: readonly Piece[]
  /** Such as `.conf`: a version may stand before it. */
  readonly extension: string
}

const extensions =
  /\.(?:conf|config|cfg|cnf|ini|ya?ml|json|toml|xml|env|properties|rules|crt|cer|cert|pem|key|pub|p12|pfx|jks|txt|sh|tmpl|tpl|sql|lua|html)$/i

/** The version at the end of a name, part by part, in the order of writing. */
export function split(name: string): SplitName {
  const extension = extensions.exec(name)?.[0] ?? ''
  const pieces: Piece[] = []
  let stem = name.slice(0, name.length - extension.length)
  for (;;) {
    const piece = lastPiece(stem)
    if (!piece) break
    const before = stem.slice(0, stem.length - piece.separator.length - piece.text.length)
    // What has no letter names nothing: all of it is the name then, up to a plain `v2`.
    const isMarked = piece.kind === 'number' && piece.marker !== ''
    if (!isMarked && !/[a-z]/i.test(before)) break
    pieces.unshift(piece)
    stem = before
  }
  return pieces.length === 0
    ? { stem: name, pieces, extension: '' }
    : { stem, pieces, extension }
}

/**
 * The family of a name, and which of its versions it is. A name says so by habit only: what
 * follows a separator at the end and reads as a number, a date or a hash is taken for a
 * version, but for what is known to belong to the name, such as `sha-256`.
 */
export function familyOf(name: string): VersionedName {
  const { stem, pieces, extension } = split(name)
  if (pieces.length === 0) return { family: name, version: null, kind: 'none', rank: [1] }
  const version = pieces
    .map(({ separator, text }, i) => (i === 0 ? text : separator + text))
    .join('')
  const kind = kindOf(pieces)
  // `app_v2.conf_v3`: without its version the name has another one.
  const inner = familyOf(stem + extension)
  return {
    family: inner.family,
    version: inner.version === null ? version : `${inner.version}_${version}`,
    kind,
    rank: rankOf(pieces, kind),
  }
}

function kindOf(pieces: readonly Piece[]): VersionKind {
  const has = (kind: Piece['kind']) => pieces.some((piece) => piece.kind === kind)
  return has('date') ? 'date' : has('number') ? 'number' : 'hash'
}

/** The last date leads; what is numbered beside it decides within the same date. */
function rankOf(pieces: readonly Piece[], kind: VersionKind): readonly number[] {
  if (kind === 'hash') return []
  const last = pieces.findLast((piece) => piece.kind === 'date')
  const rest = pieces.flatMap((piece) => {
    if (piece === last || piece.kind === 'hash') return []
    if (piece.kind === 'date') return partsOf(piece.date)
    return piece.isBefore ? [-1, Number(piece.digits)] : [Number(piece.digits)]
  })
  return last?.kind === 'date' ? [...partsOf(last.date), ...rest] : rest
}

const partsOf = ({ year, month, day, time }: WrittenDate): number[] =>
  time === null ? [year, month, day] : [year, month, day, time]

export type Versioned = {
  readonly name: string
  /** In milliseconds since 1970. */
  readonly createdAt: number
}

/** A named thing never changes its name, and thousands of them are listed again and again. */
const known = new WeakMap<Versioned, VersionedName>()

/** The family of something, and which of its versions it is. */
export function versionOf(one: Versioned): VersionedName {
  const version = known.get(one) ?? familyOf(one.name)
  known.set(one, version)
  return version
}

/**
 * Negative where `a` is the older of two versions of a family. Numbers and dates say so
 * themselves; of hashes, and of two that are not versioned alike, the time they were made.
 */
export const compareVersions = (a: Versioned, b: Versioned): number =>
  compare(read(a), read(b))

/** Two that were made within this time were made together, and that says no order. */
const together = 60_000

/**
 * The members of one family, newest first. Where they are not all versioned alike, as when
 * hashes took the place of numbers, the time they were made decides among all of them; and
 * so it does where it says another order than their names, which may have been misread.
 */
export function newestFirst<T extends Versioned>(members: readonly T[]): T[] {
  const all = members.map((member) => ({ ...read(member), member }))
  const order = isMixed(all) || areAtOdds(all) ? byAge : compare
  return all.sort((a, b) => order(b, a)).map(({ member }) => member)
}

/** Whether the names of a family say another order than the times they were made. */
export function isOrderDisputed(members: readonly Versioned[]): boolean {
  const all = members.map(read)
  return !isMixed(all) && areAtOdds(all)
}

const isMixed = (all: readonly Read[]): boolean =>
  new Set(all.map(({ kind }) => sortOf(kind))).size > 1

/** Whether one comes after another by its name that was made well before it. */
function areAtOdds(all: readonly Read[]): boolean {
  let latest = Number.NEGATIVE_INFINITY
  // Those of the same rank are in order of age, and are not at odds.
  return all.toSorted(compare).some(({ createdAt }) => {
    latest = Math.max(latest, createdAt)
    return createdAt < latest - together
  })
}

type Read = Versioned & Pick<VersionedName, 'kind' | 'rank'>

const read = (one: Versioned): Read => {
  const { name, createdAt } = one
  const { kind, rank } = versionOf(one)
  return { name, createdAt, kind, rank }
}

const sortOf = (kind: VersionKind): VersionKind => (kind === 'none' ? 'number' : kind)

const compare = (a: Read, b: Read): number =>
  (sortOf(a.kind) === sortOf(b.kind) ? compareRanks(a.rank, b.rank) : 0) || byAge(a, b)

const byAge = (a: Versioned, b: Versioned): number =>
  a.createdAt - b.createdAt || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

/** Part by part; what only adds a part is newer, unless that says that it came before. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  const parts = Math.max(a.length, b.length)
  for (let at = 0; at < parts; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
