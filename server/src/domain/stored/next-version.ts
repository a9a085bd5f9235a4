import { storedName } from '@skep/shared/contract/stored'
import { instant } from '../instant.ts'
import type { Millis } from '../state.ts'
import type { WrittenDate } from './version-dates.ts'
import { compareRanks, familyOf, type SplitName, split } from './version-family.ts'
import type { Piece } from './version-pieces.ts'

const longest = 64

/**
 * A free name for the next version of a family, in the way of its newest numbered or dated
 * name: `x_v7` leads to `x_v8`, a date to the present one, a hash or no version to `x_v2`.
 * Of the same family wherever that leaves room in the engine's 64 characters.
 * @param name any of the family @param taken all names there are, which are never proposed
 * @param now decides what day and time it is, in UTC
 */
export function proposeNext(name: string, taken: ReadonlySet<string>, now: Millis): string {
  const { family } = familyOf(name)
  const from = newestLike(name, family, taken)
  const rank = familyOf(from).rank
  const fits = (next: string): boolean => {
    if (next === name || taken.has(next) || !storedName.safeParse(next).success)
      return false
    const found = familyOf(next)
    const isNewer = found.kind !== familyOf(from).kind || compareRanks(found.rank, rank) > 0
    return found.family === family && isNewer
  }
  const parts = split(from)
  return (
    candidates(parts, dateOf(now), taken.size).find(fits) ??
    numberedAnyway(parts, family, (next) => next !== name && !taken.has(next))
  )
}

/** The newest of those that are versioned like this one: the next one comes after it. */
function newestLike(name: string, family: string, taken: ReadonlySet<string>): string {
  const asked = familyOf(name)
  // A hash and a name without a version go on with numbers.
  const kind = asked.kind === 'date' ? 'date' : 'number'
  let newest = name
  let rank = asked.kind === 'hash' ? [0] : asked.rank
  for (const other of taken) {
    const found = familyOf(other)
    if (found.family !== family || found.kind !== kind) continue
    if (compareRanks(found.rank, rank) <= 0) continue
    newest = other
    rank = found.rank
  }
  return newest
}

function* candidates(
  { stem, pieces, extension }: SplitName,
  today: WrittenDate,
  most: number,
): Generator<string, void, undefined> {
  const lasting = pieces.filter(({ kind }) => kind !== 'hash')
  const whole = (parts: readonly Piece[], more = '') =>
    `${stem}${parts.map(({ separator, text }) => separator + text).join('')}${more}${extension}`
  const separator = pieces.at(-1)?.separator ?? usualSeparator(stem)
  const last = lasting.at(-1)
  const date = lasting.findLastIndex(({ kind }) => kind === 'date')
  const dated = lasting[date]
  if (dated?.kind === 'date') {
    const text = dated.written(today)
    const after = lasting.slice(date + 1).map(restarted)
    yield whole([...lasting.slice(0, date), { ...dated, text }, ...after])
  }
  // More numbers than there are names: one of them is free.
  const counts = most + 100
  if (last?.kind === 'number') {
    for (let n = 1; n <= counts; n += 1) {
      yield whole([...lasting.slice(0, -1), raised(last, n)])
    }
    // Without its hash it may read as another family: `rsa_00f0000_4096` is no `rsa_4096`.
    const before = pieces.slice(0, pieces.indexOf(last))
    for (let n = 1; n <= counts; n += 1) yield whole([...before, raised(last, n)])
  }
  if (dated?.kind === 'date') {
    const before = lasting.slice(0, date)
    const present = [...before, { ...dated, text: dated.written(today) }]
    for (let n = 2; n <= counts; n += 1) yield whole(present, `${separator}v${n}`)
  }
  for (let n = 2; n <= counts; n += 1) yield whole(lasting, `${separator}v${n}`)
  for (let n = 2; n <= counts; n += 1) yield whole([], `${separator}v${n}`)
}

/** A number that counts within a date begins anew with it. */
const restarted = (piece: Piece): Piece =>
  piece.kind === 'number' ? numbered(piece, 1) : piece

const raised = (piece: Piece & { kind: 'number' }, by: number): Piece =>
  numbered(piece, Number(piece.digits) + by)

const numbered = (piece: Piece & { kind: 'number' }, count: number): Piece => {
  const digits = String(count).padStart(piece.digits.length, '0')
  return { ...piece, digits, text: piece.text.slice(0, piece.marker.length) + digits }
}

/** What the name itself puts between its words. */
const usualSeparator = (stem: string): string => /[-_](?=[^-_]*$)/.exec(stem)?.[0] ?? '_'

/** Where the whole family leaves no room for a number: as much of it as does. */
function numberedAnyway(
  { stem, extension }: SplitName,
  family: string,
  isFree: (name: string) => boolean,
): string {
  const separator = usualSeparator(stem)
  const clean = (family.slice(0, family.length - extension.length) || family)
    .replaceAll(/[^\w.-]/g, '-')
    .replaceAll(/^[^a-z0-9]+/gi, '')
  for (let n = 2; ; n += 1) {
    const version = `${separator}v${n}${extension}`
    const room = clean.slice(0, longest - version.length).replace(/[^a-z0-9]+$/i, '')
    const next = `${room || 'next'}${version}`
    if (isFree(next)) return next
  }
}

function dateOf(now: Millis): WrittenDate {
  const [year = 0, month = 0, day = 0] = instant(now).slice(0, 10).split('-').map(Number)
  const time = Math.floor((now % 86_400_000) / 1_000)
  return { year, month, day, time }
}
