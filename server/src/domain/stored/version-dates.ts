import { mondayOf, weekOf } from './iso-week.ts'

/*
 * The ways in which people write a date at the end of a name. Long because they are a table.
 */

/** A moment, day, week, month, quarter or year that somebody wrote; 0 for what was left out. */
export type WrittenDate = {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Seconds into that day; null where it says no time. */
  readonly time: number | null
}

const padded = (count: number, digits = 2): string => String(count).padStart(digits, '0')

type DateShape = {
  readonly pattern: RegExp
  readonly read: (groups: Groups) => WrittenDate | null
  readonly write: (today: WrittenDate, groups: Groups) => string
}

export type Groups = Readonly<Record<string, string | undefined>>

const numberIn = (groups: Groups, name: string): number => Number(groups[name] ?? 0)
const quarterOf = ({ month }: WrittenDate): number => Math.ceil(month / 3)
const halfOf = ({ month }: WrittenDate): number => Math.ceil(month / 6)

const yearIn = (groups: Groups): number =>
  groups.yy === undefined ? numberIn(groups, 'y') : 2_000 + numberIn(groups, 'yy')

/** The year as it was written, with two digits or four. */
const yearText = ({ year }: WrittenDate, { yy }: Groups): string =>
  yy === undefined ? String(year) : padded(year % 100)

const dated = (groups: Groups): WrittenDate => ({
  year: yearIn(groups),
  month: numberIn(groups, 'm'),
  day: numberIn(groups, 'd'),
  time: null,
})

const month = '0[1-9]|1[0-2]'
const day = '0[1-9]|[12]\\d|3[01]'
const week = '0[1-9]|[1-4]\\d|5[0-3]|[1-9]'
/** The years of two digits that are taken for such: fewer are more often something else. */
const shortYear = '2[4-9]|3\\d'
/** What stands alone is of these years: `dkim_2048` has the size of a key. */
const soon = '20[0-3]\\d'

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
]
const monthName = months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')

const hour = '[01]\\d|2[0-3]'
const sixtieth = '[0-5]\\d'

/**
 * Longest first: a day is a month too. A quarter counts as its first month, a week as its
 * Monday.
 */
export const dateShapes: readonly DateShape[] = [
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
      return `${parts.map((part) => padded(part)).join(s)}${s}${year}`
    },
  },
  {
    // Eight digits that begin with no year: the day first, unless there is no such month.
    pattern: endsIn(`(?<d>${day})(?<m>${month})(?<y>20\\d\\d)`),
    read: dated,
    write: ({ year, month, day }) => `${padded(day)}${padded(month)}${year}`,
  },
  {
    pattern: endsIn(`(?<m>${month})(?<d>${day})(?<y>20\\d\\d)`),
    read: dated,
    write: ({ year, month, day }) => `${padded(month)}${padded(day)}${year}`,
  },
  {
    // With dots as in German, the day first.
    pattern: endsIn(`(?<d>${day})\\.(?<m>${month})\\.(?<yy>${shortYear})`),
    read: dated,
    write: ({ year, month, day }) =>
      [day, month, year % 100].map((n) => padded(n)).join('.'),
  },
  {
    // Otherwise the year first, as in ISO 8601, if it can be one.
    pattern: endsIn(`(?<yy>${shortYear})(?<s>[-_]?)(?<m>${month})\\k<s>(?<d>${day})`),
    read: dated,
    write: (today, { s = '' }) => dayText(today, s).slice(2),
  },
  {
    pattern: endsIn(`(?<d>${day})(?<s>[-_])(?<m>${month})\\k<s>(?<yy>${shortYear})`),
    read: dated,
    write: ({ year, month, day }, { s = '' }) =>
      [day, month, year % 100].map((n) => padded(n)).join(s),
  },
  {
    pattern: endsIn(`(?:(?<y>20\\d\\d)|(?<yy>${shortYear}))(?<s>[-_.]?)(?<q>q)(?<n>[1-4])`),
    read: (groups) => monthRead(groups, numberIn(groups, 'n') * 3 - 2),
    write: (today, groups) =>
      `${yearText(today, groups)}${groups.s}${groups.q}${quarterOf(today)}`,
  },
  {
    pattern: endsIn(`(?<q>q)(?<n>[1-4])(?<s>[-_.]?)(?:(?<y>20\\d\\d)|(?<yy>${shortYear}))`),
    read: (groups) => monthRead(groups, numberIn(groups, 'n') * 3 - 2),
    write: (today, groups) =>
      `${groups.q}${quarterOf(today)}${groups.s}${yearText(today, groups)}`,
  },
  {
    pattern: endsIn('(?<y>20\\d\\d)(?<s>[-_.]?)(?<q>h)(?<n>[12])'),
    read: (groups) => monthRead(groups, numberIn(groups, 'n') * 6 - 5),
    write: (today, { s = '', q = '' }) => `${today.year}${s}${q}${halfOf(today)}`,
  },
  {
    pattern: endsIn('(?<q>h)(?<n>[12])(?<s>[-_.]?)(?<y>20\\d\\d)'),
    read: (groups) => monthRead(groups, numberIn(groups, 'n') * 6 - 5),
    write: (today, { s = '', q = '' }) => `${q}${halfOf(today)}${s}${today.year}`,
  },
  {
    pattern: endsIn(`(?<n>${monthName})(?<s>[-_.]?)(?<y>20\\d\\d)`),
    read: (groups) => monthRead(groups, monthNamed(groups)),
    write: (today, groups) => `${monthText(today, groups)}${groups.s}${today.year}`,
  },
  {
    pattern: endsIn(`(?<y>20\\d\\d)(?<s>[-_.]?)(?<n>${monthName})`),
    read: (groups) => monthRead(groups, monthNamed(groups)),
    write: (today, groups) => `${today.year}${groups.s}${monthText(today, groups)}`,
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
    // Without a dot, which is of numbers such as 24.04, and unlike a port such as 3306.
    pattern: endsIn(`(?!3\\d{3}$)(?<yy>${shortYear})(?<s>[-_]?)(?<m>${month})`),
    read: dated,
    write: ({ year, month }, { s = '' }) => `${padded(year % 100)}${s}${padded(month)}`,
  },
  {
    pattern: endsIn(`(?<y>${soon})`),
    read: dated,
    write: ({ year }) => String(year),
  },
]

const monthRead = (groups: Groups, month: number): WrittenDate => ({
  year: yearIn(groups),
  month,
  day: 0,
  time: null,
})

const monthNamed = ({ n = '' }: Groups): number =>
  months.findIndex((name) => name.startsWith(n.toLowerCase())) + 1

/** Short or long, in the case in which another month was written. */
function monthText({ month }: WrittenDate, { n = '' }: Groups): string {
  const name = months[month - 1] ?? ''
  const text = n.length > 3 ? name : name.slice(0, 3)
  if (n === n.toUpperCase()) return text.toUpperCase()
  return n === n.toLowerCase() ? text : text.slice(0, 1).toUpperCase() + text.slice(1)
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

/** What stands at the end of a name, behind a separator. */
export function endsIn(shape: string): RegExp {
  return new RegExp(`(?<=[A-Za-z0-9])(?<separator>[-_.]+)(?<text>${shape})$`, 'i')
}
