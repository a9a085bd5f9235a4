import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from '../schema.ts'

/** Work on nodes in the guided order: a row for each, with its steps and their dates. */
export const maintenance: Migration = {
  up: async (db: Kysely<Tables>) => {
    await db.schema
      .createTable('maintenance')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('node_id', 'text', (column) => column.notNull())
      .addColumn('started_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .addColumn('maintenance', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('maintenance_node')
      .on('maintenance')
      .columns(['node_id', 'started_at'])
      .execute()
  },
}
