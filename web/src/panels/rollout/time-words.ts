import type { Rollout } from '@skep/shared/contract/rollout'
import { clockTime } from '../../ui/time.ts'

const minute = 60_000
const day = 24 * 60 * minute

const ofDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' })
const dated = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** A moment by the minute: "14:07", and with its date if it is more than a day away. */
const about = (at: number, now: number): string =>
  (Math.abs(at - now) < day ? ofDay : dated).format(at)

/** An estimate with its uncertainty: "≈ 14:07–14:09". Instants in milliseconds. */
export function finishWords(finish: NonNullable<Rollout['finish']>, now: number): string {
  const earliest = about(Math.max(Date.parse(finish.earliest), now), now)
  if (finish.latest === null) return `≈ ${earliest} or later`
  const end = Date.parse(finish.latest)
  if (end < now) return `later than ≈ ${about(end, now)}`
  const latest = about(end, now)
  return earliest === latest ? `≈ ${latest}` : `≈ ${earliest}–${latest}`
}

/** "until :32" within the minute, "until 14:06:32" beyond it; null once it has passed. */
export function untilWords(until: number, now: number): string | null {
  if (until <= now) return null
  const time = clockTime(until)
  return until - now < minute ? `until ${time.slice(-3)}` : `until ${time}`
}
