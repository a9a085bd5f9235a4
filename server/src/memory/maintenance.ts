import type { Maintenance } from '@skep/shared/contract/maintenance'
import type { Database } from './database.ts'

/** Work on nodes in the guided order, kept as evidence: it is never forgotten. */
export type Maintenances = {
  /** Writes one, anew or in place of itself, durably and in the order of the calls. */
  save(maintenance: Maintenance): Promise<void>
  get(id: string): Promise<Maintenance | null>
  /** Those that have not ended, oldest first. */
  open(): Promise<Maintenance[]>
  /** Of one node, newest first. */
  ofNode(nodeId: string, limit: number): Promise<Maintenance[]>
}

export function createMaintenances(database: Database): Maintenances {
  const save = (maintenance: Maintenance) =>
    database.write(async (transaction) => {
      const changing = {
        ended_at: maintenance.endedAt,
        maintenance: JSON.stringify(maintenance),
      }
      const { numUpdatedRows } = await transaction
        .updateTable('maintenance')
        .set(changing)
        .where('id', '=', maintenance.id)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return
      const { id, nodeId, startedAt } = maintenance
      await transaction
        .insertInto('maintenance')
        .values({ id, node_id: nodeId, started_at: startedAt, ...changing })
        .execute()
    })

  const rows = () => database.read.selectFrom('maintenance').select('maintenance')

  return {
    save,
    get: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row ? maintenanceOf(row) : null
    },
    open: async () =>
      (await rows().where('ended_at', 'is', null).orderBy('started_at').execute()).map(
        maintenanceOf,
      ),
    ofNode: async (nodeId, limit) =>
      (
        await rows()
          .where('node_id', '=', nodeId)
          .orderBy('started_at', 'desc')
          .limit(limit)
          .execute()
      ).map(maintenanceOf),
  }
}

// Written by `save`, and by nothing else.
const maintenanceOf = ({ maintenance }: { maintenance: string }): Maintenance =>
  JSON.parse(maintenance) as Maintenance
