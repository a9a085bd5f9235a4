import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from '../schema.ts'

/** Where the node-local volumes of each service were: a row for each service. */
export const residency: Migration = {
  up: async (db: Kysely<Tables>) => {
    await db.schema
      .createTable('residency')
      .addColumn('service_id', 'text', (column) => column.primaryKey())
      .addColumn('service', 'text', (column) => column.notNull())
      .addColumn('stays', 'text', (column) => column.notNull())
      .execute()
  },
}
