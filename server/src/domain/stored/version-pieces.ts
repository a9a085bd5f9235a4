import { mondayOf, weekOf } from './iso-week.ts'

/** A moment, day, week, month, quarter or year that somebody wrote; 0 for what was left out. */
export type WrittenDate = {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Seconds into that day; null where it says no time. */
  readonly time: number | null
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

const padded = (count: number, digits = 2): string => String(count).padStart(digits, '0')

type DateShape = {
  readonly pattern: RegExp
  readonly read: (groups: Groups) => WrittenDate | null
  readonly write: (today: WrittenDate, groups: Groups) => string
}

type Groups = Readonly<Record<string, string | undefined>>

const numberIn = (groups: Groups, name: string): number => Number(groups[name] ?? 0)
const quarterOf = ({ month }: WrittenDate): number => Math.ceil(month / 3)

const dated = (groups: Groups): WrittenDate => ({
  year: numberIn(groups, 'y'),
  month: numberIn(groups, 'm'),
  day: numberIn(groups, 'd'),
  time: null,
})

const month = '0[1-9]|1[0-2]'
const day = '0[1-9]|[12]\\d|3[01]'
const week = '0[1-9]|[1-4]\\d|5[0-3]|[1-9]'

const hour = '[01]\\d|2[0-3]'
const sixtieth = '[0-5]\\d'

/**
 * Longest first: a day is a month too. A quarter counts as its first month, a week as its
 * Monday.
 */
const dateShapes: readonly DateShape[] = [
  {
    // As in ISO 8601, with any separator or none.
    pattern: endsIn(
      `(?<y>20\\d\\d)(?<s>[-_.]?)(?<m>${month})\\k<s>(?<d>${day})(?<t>t)` +
        `(?<h>${hour})(?<u>[-_.]?)(?<i>${sixtieth})(?:\\k<u>(?<c>${sixtieth}))?(?<z>z?)`,
    ),
    read: timed,
    write: (today, { s = '', t = '', u = '', c, z = '' }) =>
      [dayText(today, s), t, timeText(today, c === undefined ? 2 : 3).join(u), z].join(''),
  },
  {
    // Fourteen digits in a row are a second; fewer may be anything.
    pattern: endsIn(
      `(?<y>20\\d\\d)(?<m>${month})(?<d>${day})(?<h>${hour})(?<i>${sixtieth})(?<c>${sixtieth})`,
    ),
    read: timed,
    write: (today) => `${dayText(today, '')}${timeText(today, 3).join('')}`,
  },
  {
    pattern: endsIn(`(?<y>20\\d\\d)(?<s>[-_.]?)(?<m>${month})\\k<s>(?<d>${day})`),
    read: dated,
    write: (today, { s = '' }) => dayText(today, s),
  },
  {
    // Day first, unless there is no such month.
    pattern: endsIn(`(?<a>${day})(?<s>[-_.])(?<b>${day})\\k<s>(?<y>20\\d\\d)`),
    read: (groups) => {
      const [a, b] = [numberIn(groups, 'a'), numberIn(groups, 'b')]
      if (a > 12 && b > 12) return null
      const [day, month] = b > 12 ? [b, a] : [a, b]
      return { year: numberIn(groups, 'y'), month, day, time: null }
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
    pattern: endsIn(`(?<y>20\\d\\d)(?<s>[-_.]?)(?<w>k?w)(?<n>${week})`),
    read: weekRead,
    write: (today, { s = '', w = '', n = '' }) => {
      const { year, week } = weekOf(today)
      return `${year}${s}${w}${padded(week, n.length)}`
    },
  },
  {
    pattern: endsIn(`(?<w>k?w)(?<n>${week})(?<s>[-_.]?)(?<y>20\\d\\d)`),
    read: weekRead,
    write: (today, { s = '', w = '', n = '' }) => {
      const { year, week } = weekOf(today)
      return `${w}${padded(week, n.length)}${s}${year}`
    },
  },
  {
    pattern: endsIn(`(?<y>20\\d\\d)(?<s>[-_.]?)(?<m>${month})`),
    read: dated,
    write: ({ year, month }, { s = '' }) => `${year}${s}${padded(month)}`,
  },
  {
    pattern: endsIn('(?<y>20\\d\\d)'),
    read: dated,
    write: ({ year }) => String(year),
  },
]

function quarterRead(groups: Groups): WrittenDate {
  return {
    year: numberIn(groups, 'y'),
    month: numberIn(groups, 'n') * 3 - 2,
    day: 0,
    time: null,
  }
}

function timed(groups: Groups): WrittenDate {
  const seconds = numberIn(groups, 'i') * 60 + numberIn(groups, 'c')
  return { ...dated(groups), time: numberIn(groups, 'h') * 3_600 + seconds }
}

/** Null where that year has no such week. */
function weekRead(groups: Groups): WrittenDate | null {
  const asked = { year: numberIn(groups, 'y'), week: numberIn(groups, 'n') }
  const monday = mondayOf(asked)
  return weekOf(monday).year === asked.year ? { ...monday, time: null } : null
}

const dayText = ({ year, month, day }: WrittenDate, separator: string): string =>
  [year, padded(month), padded(day)].join(separator)

/** Hours, minutes and, of three parts, seconds. */
function timeText({ time }: WrittenDate, parts: 2 | 3): string[] {
  const seconds = time ?? 0
  const all = [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
  return all.slice(0, parts).map((part) => padded(Math.floor(part)))
}

function endsIn(shape: string): RegExp {
  return new RegExp(`(?<=[A-Za-z0-9])(?<separator>[-_.]+)(?<text>${shape})$`, 'i')
}

const numbered = endsIn(
  '(?<marker>v|ver|version|r|rev|revision|rel|release)(?<digits>\\d{1,15})',
)
const bare = endsIn('(?<marker>)(?<digits>\\d{1,9})')
/** What `git describe` writes has a `g` before it. */
const hash = endsIn('g?(?<hash>[0-9a-f]{7,64})')

/** Numbers that belong to what is named: no next one is ever made of them. */
const standard =
  /(?:^|[-_.])(?:utf[-_.](?:8|16|32)|sha[-_.]?(?:[123]|224|256|384|512)|aes[-_.](?:128|192|256)|rsa[-_.](?:1024|2048|3072|4096)|ed[-_.]25519|base[-_.](?:32|58|64)|oauth[-_.][12]|ip[-_.][46]|(?:tls|http)[-_.][123](?:[-_.]\d)?|(?:cloudflare|cf)[-_.]r2|port[-_.]\d+)$/i

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
