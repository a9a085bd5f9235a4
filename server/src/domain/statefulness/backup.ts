import { Instant } from '@skep/shared/contract/instant'
import { instant } from '../instant.ts'
import type { Service } from '../state.ts'

/** When the data was last saved, as whoever did it has noted in a label. */
export const backupOf = (service: Service): string | null => dateOf(service, 'skep.backup')

/** When it was last tried whether the data can be brought back. */
export const drillOf = (service: Service): string | null =>
  dateOf(service, 'skep.restore-drill')

/** A date, or a point in time, that a label tells; null for anything else. */
function dateOf({ spec: { labels } }: Service, label: string): string | null {
  const text = Object.hasOwn(labels, label) ? labels[label]?.trim() : undefined
  if (text === undefined) return null
  const found = Instant.safeParse(
    /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text,
  )
  return found.success ? instant(new Date(found.data).getTime()) : null
}
