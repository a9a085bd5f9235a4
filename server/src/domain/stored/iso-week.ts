/** A day of the calendar; months count from 1. */
type Day = { readonly year: number; readonly month: number; readonly day: number }

/** A week as ISO 8601 counts them: from Monday, the first with a Thursday of its year. */
type Week = { readonly year: number; readonly week: number }

const dayLength = 86_400_000

/** Days since 1970; of what is no day, of the one that it runs over into. */
const dayNumber = ({ year, month, day }: Day): number =>
  Date.UTC(year, month - 1, day) / dayLength

/** 1 January 1970 was a Thursday: 0 for Monday. */
const weekday = (days: number): number => (days + 3) % 7

/** Days since 1970 of the Monday of a year's first week, in which 4 January always is. */
function firstMonday(year: number): number {
  const fourth = dayNumber({ year, month: 1, day: 4 })
  return fourth - weekday(fourth)
}

/** The week that a day from 1970 on is in; of a year's first and last days it may be another's. */
export function weekOf(day: Day): Week {
  const days = dayNumber(day)
  const { year } = day
  const of = [year + 1, year].find((one) => days >= firstMonday(one)) ?? year - 1
  return { year: of, week: Math.floor((days - firstMonday(of)) / 7) + 1 }
}

/** The day that a week begins with. */
export function mondayOf({ year, week }: Week): Day {
  const at = new Date((firstMonday(year) + (week - 1) * 7) * dayLength)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }
}
