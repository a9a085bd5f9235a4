import type { JournalPage, SuspectChange } from '@skep/shared/contract/journal'
import { clockTime } from '../../ui/time.ts'
import type { JournalKind } from './journal-filter.ts'

/** What a filter calls each kind of entry. */
export const kindWords: Record<JournalKind, string> = {
  action: 'Actions',
  outcome: 'Outcomes',
  transition: 'Observed',
  spec: 'Spec versions',
}

/** How near a change is to what failed. */
export const closenessWords: Record<SuspectChange['closeness'], string> = {
  same: 'This service',
  related: 'What it uses',
  node: 'Its node',
  swarm: 'The swarm',
  other: 'Elsewhere',
}

const longDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const shortDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })
const key = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' })
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })

/** The day of an instant in the reader's zone, for comparing: "2026-11-21". */
export const dayOf = (ms: number): string => key.format(ms)

/** "Today", "Yesterday", "Friday 20 November 2026", in the reader's zone. */
export function dayTitle(ms: number, now: number): string {
  if (dayOf(ms) === dayOf(now)) return 'Today'
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  return dayOf(ms) === dayOf(yesterday.getTime())
    ? 'Yesterday'
    : longDay.format(ms).replace(',', '')
}

/** "14:02:31" today, "20 Nov 2026, 14:02:31" on any other day. */
export const momentOf = (ms: number, now: number): string =>
  dayOf(ms) === dayOf(now) ? clockTime(ms) : `${shortDay.format(ms)}, ${clockTime(ms)}`

const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** Where there is little room: "14:02:31" today, "20 Nov, 14:02" on any other day. */
export const shortMoment = (ms: number, now: number): string =>
  dayOf(ms) === dayOf(now) ? clockTime(ms) : dayAndTime.format(ms)

/** The reader's zone at an instant, as people call it: "CET". */
export const zoneOf = (ms: number): string =>
  zone.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC'

/** Why there is nothing to show of something, with how far the console's memory goes. */
export function nothingOf(what: string, since: string | null, now: number): string {
  if (since === null)
    return `Nothing has been seen of ${what} yet: the console has only begun to watch.`
  const from = momentOf(Date.parse(since), now)
  return `Nothing has been seen of ${what} since ${from}, when the console began to watch.`
}

/** How far the memory goes: "Watched since 14:02:31, kept for 90 days." */
export function memoryWords(
  { since, retentionDays }: Pick<JournalPage, 'since' | 'retentionDays'>,
  now: number,
): string {
  const from = since === null ? 'not yet' : `since ${momentOf(Date.parse(since), now)}`
  return `Watched ${from}, kept for ${retentionDays} ${retentionDays === 1 ? 'day' : 'days'}.`
}

/** "under 1 min before", "12 min before". */
export const minutesBefore = (minutes: number): string =>
  minutes < 1 ? 'under 1 min before' : `${Math.floor(minutes)} min before`
