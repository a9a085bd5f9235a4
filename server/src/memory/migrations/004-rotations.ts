import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from '../schema.ts'

/** Rotations of secrets and configs: a row for each, with how far it came; never a value. */
export const rotations: Migration = {
  up: async (db: Kysely<Tables>) => {
    await db.schema
      .createTable('rotations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('started_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .addColumn('rotation', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('rotations_started')
      .on('rotations')
      .columns(['started_at'])
      .execute()
  },
}
