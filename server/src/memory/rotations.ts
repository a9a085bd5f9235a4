import type { RotationRecord } from '../domain/rotation-record.ts'
import type { Database } from './database.ts'

/** Rotations of secrets and configs, kept as evidence: they are never forgotten. */
export type Rotations = {
  /**
   * Writes one, durably: anew, or in place of the revision that it was read as. Answers it
   * with its new revision; null, and nothing is written, where somebody else wrote it since,
   * such as another console on this memory.
   */
  save(rotation: RotationRecord): Promise<RotationRecord | null>
  get(id: string): Promise<RotationRecord | null>
  /** Those that have not ended, oldest first. */
  open(): Promise<RotationRecord[]>
  /** Newest first. */
  list(limit: number): Promise<RotationRecord[]>
}

export function createRotations(database: Database): Rotations {
  const save = ({ revision, ...kept }: RotationRecord) =>
    database.write(async (transaction) => {
      const { id, startedAt, endedAt } = kept
      const next = revision + 1
      const row = { ended_at: endedAt, rotation: JSON.stringify(kept), revision: next }
      const { numUpdatedRows } = await transaction
        .updateTable('rotations')
        .set(row)
        .where('id', '=', id)
        .where('revision', '=', revision)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return { ...kept, revision: next }
      if (revision > 0) return null
      // One whose first write was kept, and only the answer to that was lost.
      const known = await transaction
        .selectFrom('rotations')
        .select('id')
        .where('id', '=', id)
        .executeTakeFirst()
      if (known) return null
      await transaction
        .insertInto('rotations')
        .values({ id, started_at: startedAt, ...row })
        .execute()
      return { ...kept, revision: next }
    })

  const rows = () => database.read.selectFrom('rotations').select(['rotation', 'revision'])

  return {
    save,
    get: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row ? rotationOf(row) : null
    },
    open: async () =>
      (await rows().where('ended_at', 'is', null).orderBy('started_at').execute()).map(
        rotationOf,
      ),
    list: async (limit) =>
      (await rows().orderBy('started_at', 'desc').limit(limit).execute()).map(rotationOf),
  }
}

type Row = { rotation: string; revision: number }

// Written by `save`, and by nothing else; before there was a log, without one.
const rotationOf = ({ rotation, revision }: Row): RotationRecord => ({
  log: [],
  ...(JSON.parse(rotation) as Omit<RotationRecord, 'revision' | 'log'>),
  revision,
})
