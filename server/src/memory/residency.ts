import type { Stay } from '../domain/residency.ts'
import { remembered } from '../domain/residency-bounds.ts'
import type { Millis } from '../domain/state.ts'
import type { Database } from './database.ts'
import type { ResidencyTable } from './schema.ts'

/** Where the volumes of one service were, newest first. */
export type KeptStays = {
  readonly serviceId: string
  /** Its name, which outlives it. */
  readonly service: string
  readonly stays: readonly Stay[]
}

/** Where each node-local volume was, also of services that were removed. */
export type Residencies = {
  load(): Promise<KeptStays[]>
  /** Writes what is known of these services in place of what was; without stays, nothing. */
  save(services: readonly KeptStays[]): Promise<void>
  /** What ended before this instant is forgotten, except where data was written last. */
  oldest(): Millis
  /**
   * Forgets stays that ended before the retention, but of a service that exists never the
   * last one of a volume. @param existing ids of the services; null while nobody knows
   */
  prune(existing: ReadonlySet<string> | null): Promise<number>
}

const day = 86_400_000
/** Rows of one insert. */
const rowsAtOnce = 1_000

export function createResidencies(
  database: Database,
  { retentionDays, now }: { retentionDays: number; now: () => number },
): Residencies {
  const oldest = () => now() - retentionDays * day

  const load = async () => {
    const rows = await database.read.selectFrom('residency').selectAll().execute()
    return rows.map(keptOf)
  }

  const save = (services: readonly KeptStays[]) =>
    database.write(async (transaction) => {
      for (let at = 0; at < services.length; at += rowsAtOnce) {
        const some = services.slice(at, at + rowsAtOnce)
        const ids = some.map(({ serviceId }) => serviceId)
        await transaction.deleteFrom('residency').where('service_id', 'in', ids).execute()
        const rows = some.filter(({ stays }) => stays.length > 0).map(rowOf)
        if (rows.length > 0)
          await transaction.insertInto('residency').values(rows).execute()
      }
    })

  const prune = (existing: ReadonlySet<string> | null) =>
    database.write(async (transaction) => {
      const rows = await transaction.selectFrom('residency').selectAll().execute()
      let forgotten = 0
      for (const { serviceId, service, stays } of rows.map(keptOf)) {
        const isGone = existing?.has(serviceId) === false
        const kept = isGone
          ? stays.filter(({ to }) => to === null || to >= oldest())
          : remembered(stays, oldest())
        if (kept.length === stays.length) continue
        forgotten += stays.length - kept.length
        const row = transaction.deleteFrom('residency').where('service_id', '=', serviceId)
        await row.execute()
        if (kept.length === 0) continue
        const next = rowOf({ serviceId, service, stays: kept })
        await transaction.insertInto('residency').values(next).execute()
      }
      return forgotten
    })

  return { load, save, oldest, prune }
}

const keptOf = (row: ResidencyTable): KeptStays => ({
  serviceId: row.service_id,
  service: row.service,
  stays: JSON.parse(row.stays),
})

const rowOf = ({ serviceId, service, stays }: KeptStays): ResidencyTable => ({
  service_id: serviceId,
  service,
  stays: JSON.stringify(stays),
})
