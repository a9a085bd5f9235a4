import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Tables } from '../schema.ts'

/** How often a rotation was written, so that of two who write it one is told of the other. */
export const rotationRevision: Migration = {
  up: async (db: Kysely<Tables>) => {
    await db.schema
      .alterTable('rotations')
      .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
      .execute()
  },
}
