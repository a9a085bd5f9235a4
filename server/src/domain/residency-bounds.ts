import type { Stay } from './residency.ts'
import type { Millis } from './state.ts'

/** Of one volume, at most so many stays are kept: a crash loop may move with each crash. */
export const mostStays = 100

/**
 * The stays that are worth remembering, in their order: those that last, those that ended
 * since `oldest`, and of each volume the last that ended, which says where it was written.
 * @param stays of one service, newest first
 */
export function remembered(stays: readonly Stay[], oldest: Millis): readonly Stay[] {
  const last = new Map<string, Stay>()
  for (const stay of stays) {
    if (endOf(stay) > endOf(last.get(stay.volume))) last.set(stay.volume, stay)
  }
  const kept = stays.filter(
    (stay) => stay.to === null || stay.to >= oldest || last.get(stay.volume) === stay,
  )
  return kept.length === stays.length ? stays : kept
}

const endOf = (stay: Stay | undefined): Millis => stay?.to ?? Number.NEGATIVE_INFINITY

/** The newest stays of each volume, as many as are kept, and all that last. */
export function bounded(stays: readonly Stay[]): readonly Stay[] {
  if (stays.length <= mostStays) return stays
  const counts = new Map<string, number>()
  return stays.filter(({ volume, to }) => {
    const count = (counts.get(volume) ?? 0) + 1
    counts.set(volume, count)
    return to === null || count <= mostStays
  })
}
