/** A day, month, quarter or year that somebody wrote; 0 for what was left out. */
export type WrittenDate = {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** One part of a version, from the end of a name, as it was written. */
export type Piece = {
  /** What stands before it, such as `_`. */
  readonly separator: string
  readonly text: string
} & (
  | { readonly kind: 'number'; readonly marker: string; readonly digits: string }
  | {
      readonly kind: 'date'
      readonly date: WrittenDate
      /** The same way of writing it, of another day. */
      readonly written: (today: WrittenDate) => string
    }
  | { readonly kind: 'hash' }
)

const padded = (count: number): string => String(count).padStart(2, '0')

type DateShape = {
  readonly pattern: RegExp
  readonly read: (groups: Groups) => WrittenDate | null
  readonly write: (today: WrittenDate, groups: Groups) => string
}

type Groups = Readonly<Record<string, string | undefined>>

const numberIn = (groups: Groups, name: string): number => Number(groups[name] ?? 0)
const quarterOf = ({ month }: WrittenDate): number => Math.ceil(month / 3)

const month = '0[1-9]|1[0-2]'
const day = '0[1-9]|[12]\\d|3[01]'

/** Longest first: a day is a month too. A quarter counts as its first month. */
const dateShapes: readonly DateShape[] = [
  {
    pattern: endsIn(`(?<y>20\\d\\d)(?<s>[-_.]?)(?<m>${month})\\k<s>(?<d>${day})`),
    read: (groups) => ({
      year: numberIn(groups, 'y'),
      month: numberIn(groups, 'm'),
      day: numberIn(groups, 'd'),
    }),
    write: ({ year, month, day }, { s = '' }) =>
      `${year}${s}${padded(month)}${s}${padded(day)}`,
  },
  {
    // Day first, unless there is no such month.
    pattern: endsIn(`(?<a>${day})(?<s>[-_.])(?<b>${day})\\k<s>(?<y>20\\d\\d)`),
    read: (groups) => {
      const [a, b] = [numberIn(groups, 'a'), numberIn(groups, 'b')]
      if (a > 12 && b > 12) return null
      const [day, month] = b > 12 ? [b, a] : [a, b]
      return { year: numberIn(groups, 'y'), month, day }
    },
    write: ({ year, month, day }, { b, s = '' }) => {
      const parts = Number(b) > 12 ? [month, day] : [day, month]
      return `${parts.map(padded).join(s)}${s}${year}`
    },
  },
  {
    pattern: endsIn('(?<y>20\\d\\d)(?<s>[-_.]?)(?<q>q)(?<n>[1-4])'),
    read: quarterRead,
    write: (today, { s = '', q = '' }) => `${today.year}${s}${q}${quarterOf(today)}`,
  },
  {
    pattern: endsIn('(?<q>q)(?<n>[1-4])(?<s>[-_.]?)(?<y>20\\d\\d)'),
    read: quarterRead,
    write: (today, { s = '', q = '' }) => `${q}${quarterOf(today)}${s}${today.year}`,
  },
  {
    pattern: endsIn(`(?<y>20\\d\\d)(?<s>[-_.]?)(?<m>${month})`),
    read: (groups) => ({
      year: numberIn(groups, 'y'),
      month: numberIn(groups, 'm'),
      day: 0,
    }),
    write: ({ year, month }, { s = '' }) => `${year}${s}${padded(month)}`,
  },
  {
    pattern: endsIn('(?<y>20\\d\\d)'),
    read: (groups) => ({ year: numberIn(groups, 'y'), month: 0, day: 0 }),
    write: ({ year }) => String(year),
  },
]

function quarterRead(groups: Groups): WrittenDate {
  return {
    year: numberIn(groups, 'y'),
    month: numberIn(groups, 'n') * 3 - 2,
    day: 0,
  }
}

function endsIn(shape: string): RegExp {
  return new RegExp(`(?<=[A-Za-z0-9])(?<separator>[-_.]+)(?<text>${shape})$`, 'i')
}

const numbered = endsIn('(?<marker>v|ver|version|rev)(?<digits>\\d{1,15})')
const bare = endsIn('(?<marker>)(?<digits>\\d{1,9})')
/** What `git describe` writes has a `g` before it. */
const hash = endsIn('g?(?<hash>[0-9a-f]{7,64})')

/** Numbers that belong to what is named: no next one is ever made of them. */
const standard =
  /(?:^|[-_.])(?:utf[-_.](?:8|16|32)|sha[-_.]?(?:[123]|224|256|384|512)|aes[-_.](?:128|192|256)|rsa[-_.](?:1024|2048|3072|4096)|ed[-_.]25519|base[-_.](?:32|58|64)|oauth[-_.][12]|ip[-_.][46]|(?:tls|http)[-_.][123](?:[-_.]\d)?|port[-_.]\d+)$/i

const address = /(?:^|[-_])(?:\d{1,3}\.){3}\d{1,3}$/

/** The last part of a version at the end of a name; null where there is none. */
export function lastPiece(name: string): Piece | null {
  if (standard.test(name) || address.test(name)) return null
  return dateAtEnd(name) ?? numberAtEnd(name) ?? hashAtEnd(name)
}

function dateAtEnd(name: string): Piece | null {
  for (const { pattern, read, write } of dateShapes) {
    const groups: Groups | undefined = pattern.exec(name)?.groups
    const date = groups && read(groups)
    if (!date) continue
    const { separator = '', text = '' } = groups
    const written = (today: WrittenDate) => write(today, groups)
    return { kind: 'date', separator, text, date, written }
  }
  return null
}

function numberAtEnd(name: string): Piece | null {
  const groups = (numbered.exec(name) ?? bare.exec(name))?.groups
  if (!groups) return null
  const { separator = '', text = '', marker = '', digits = '' } = groups
  return { kind: 'number', separator, text, marker, digits }
}

/** A word such as `defaced` has no digit; a long number without a letter has no order. */
function hashAtEnd(name: string): Piece | null {
  const groups = hash.exec(name)?.groups
  if (!groups) return null
  const { separator = '', text = '', hash: digits = '' } = groups
  const isLong = digits.length >= 10
  return isLong || (/\d/.test(digits) && /[a-f]/i.test(digits))
    ? { kind: 'hash', separator, text }
    : null
}
