import type { Migration } from 'kysely/migration'
import type { Dialect } from '../database.ts'
import { memory } from './001-memory.ts'
import { residency } from './002-residency.ts'
import { maintenance } from './003-maintenance.ts'
import { rotations } from './004-rotations.ts'
import { rotationRevision } from './005-rotation-revision.ts'

/**
 * Every change of the tables, by the name under which the database remembers that it was
 * made, which also orders them. Imported one by one, since the server is bundled into one
 * file and finds no folder at run time. What was released is never edited.
 */
export const migrations = (dialect: Dialect): Record<string, Migration> => ({
  '001-memory': memory(dialect),
  '002-residency': residency,
  '003-maintenance': maintenance,
  '004-rotations': rotations,
  '005-rotation-revision': rotationRevision,
})
