import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../database.ts'
import type { Tables } from '../schema.ts'

/** The first tables: the journal, operations, spec versions. */
export function memory(dialect: Dialect): Migration {
  return { up: (db: Kysely<Tables>) => up(db, dialect) }
}

async function up(db: Kysely<Tables>, dialect: Dialect) {
  // Only by that name is it SQLite's row id; in PostgreSQL the name means 32 bits.
  const wide = dialect === 'sqlite' ? 'integer' : 'bigint'

  await db.schema
    .createTable('marks')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', wide, (column) => column.notNull())
    .execute()
  await db
    .insertInto('marks')
    .values([
      { name: 'journal-id', value: 0 },
      { name: 'operation-number', value: 0 },
      { name: 'watching-since', value: Date.now() },
    ])
    .execute()

  await db.schema
    .createTable('journal')
    .addColumn('id', wide, (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('at_ms', wide, (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('tone', 'text', (column) => column.notNull())
    .addColumn('subject_kind', 'text', (column) => column.notNull())
    .addColumn('subject_name', 'text', (column) => column.notNull())
    .addColumn('related', 'text', (column) => column.notNull())
    .addColumn('slot', 'text')
    .addColumn('sentence', 'text', (column) => column.notNull())
    .addColumn('cause', 'text')
    .addColumn('actor', 'text')
    .addColumn('operation', 'text')
    .execute()
  await index(db, 'journal', 'at', ['at_ms', 'id']).execute()
  await rare(index(db, 'journal', 'kind', ['kind', 'id']), 'kind').execute()

  const references = db.schema
    .createTable('journal_reference')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('entry_id', wide, (column) => column.notNull())
    .addColumn('entry_kind', 'text', (column) => column.notNull())
    .addColumn('slot', 'text')
    .addPrimaryKeyConstraint('journal_reference_key', ['kind', 'name', 'entry_id'])
  await (dialect === 'sqlite'
    ? references.modifyEnd(sql`without rowid`)
    : references
  ).execute()
  await index(db, 'journal_reference', 'entry', ['entry_id']).execute()
  await index(db, 'journal_reference', 'slot', ['kind', 'name', 'slot', 'entry_id'])
    .where(sql.ref('slot'), 'is not', null)
    .execute()
  const kinds = ['kind', 'name', 'entry_kind', 'entry_id']
  await rare(index(db, 'journal_reference', 'kind', kinds), 'entry_kind').execute()

  await db.schema
    .createTable('operations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', wide, (column) => column.notNull().unique())
    .addColumn('subject_kind', 'text', (column) => column.notNull())
    .addColumn('subject_name', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('requested_ms', wide, (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('tracking', 'text', (column) => column.notNull())
    .execute()
  await index(db, 'operations', 'requested', ['requested_ms', 'number']).execute()
  const bySubject = ['subject_kind', 'subject_name', 'requested_ms', 'number']
  await index(db, 'operations', 'subject', bySubject).execute()
  await index(db, 'operations', 'state', ['state', 'number']).execute()

  await db.schema
    .createTable('spec_versions')
    .addColumn('service_id', 'text', (column) => column.notNull())
    .addColumn('version', wide, (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('spec_index', wide, (column) => column.notNull())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .addColumn('seen_ms', wide, (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('image', 'text', (column) => column.notNull())
    .addColumn('changes', 'text', (column) => column.notNull())
    .addColumn('actor', 'text')
    .addColumn('operation', 'text')
    .addColumn('document', 'text')
    .addColumn('key_id', 'text')
    .addPrimaryKeyConstraint('spec_versions_key', ['service_id', 'version'])
    .execute()
  await index(db, 'spec_versions', 'seen', ['seen_ms']).execute()
}

const index = (
  db: Kysely<Tables>,
  table: keyof Tables,
  name: string,
  columns: readonly string[],
) =>
  db.schema
    .createIndex(`${table}_${name}`)
    .on(table)
    .columns([...columns])

/**
 * Of the few rows that are no transition: those are found without an index, since most are,
 * and each index costs a write to a page of its own for every service that had news.
 */
const rare = (all: ReturnType<typeof index>, kind: string) =>
  all.where(sql.ref(kind), '<>', sql.lit('transition'))
