import type { RotationRecord } from '../domain/rotation-record.ts'
import type { Database } from './database.ts'

/** Rotations of secrets and configs, kept as evidence: they are never forgotten. */
export type Rotations = {
  /** Writes one, anew or in place of itself, durably and in the order of the calls. */
  save(rotation: RotationRecord): Promise<void>
  get(id: string): Promise<RotationRecord | null>
  /** Those that have not ended, oldest first. */
  open(): Promise<RotationRecord[]>
  /** Newest first. */
  list(limit: number): Promise<RotationRecord[]>
}

export function createRotations(database: Database): Rotations {
  const save = (rotation: RotationRecord) =>
    database.write(async (transaction) => {
      const { id, startedAt, endedAt } = rotation
      const changing = { ended_at: endedAt, rotation: JSON.stringify(rotation) }
      const { numUpdatedRows } = await transaction
        .updateTable('rotations')
        .set(changing)
        .where('id', '=', id)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) return
      await transaction
        .insertInto('rotations')
        .values({ id, started_at: startedAt, ...changing })
        .execute()
    })

  const rows = () => database.read.selectFrom('rotations').select('rotation')

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

// Written by `save`, and by nothing else.
const rotationOf = ({ rotation }: { rotation: string }): RotationRecord =>
  JSON.parse(rotation) as RotationRecord
