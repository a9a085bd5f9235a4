const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A span of milliseconds as people say it: "4 s", "11 min", "3 h", "12 d". Never below 0. */
export function duration(ms: number): string {
  const span = Math.max(0, ms)
  if (span < minute) return `${Math.floor(span / 1000)} s`
  if (span < hour) return `${Math.floor(span / minute)} min`
  if (span < 2 * day) return `${Math.floor(span / hour)} h`
  return `${Math.floor(span / day)} d`
}

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })

/** A time of day in the reader's zone, to the second: "14:02:31". */
export const clockTime = (ms: number): string => clock.format(ms)

/** A moment in the reader's zone, which it names: "21 Nov 2026, 14:02:31 CET". */
export const exactTime = (ms: number): string => exact.format(ms)

/** "All 5 ready." was true at some time, "All 5 ready, as of 14:02:31." still is. */
export function dated(verdict: string, asOf: number | null): string {
  if (asOf === null) return verdict
  const [, words, end] = verdict.match(/^(.*?)(\.?)$/s) ?? []
  return `${words}, as of ${clockTime(asOf)}${end}`
}
