import { isOpen, type Operation, OperationState } from '@skep/shared/contract/operation'
import { advance, type Database } from './database.ts'
import type { OperationTable } from './schema.ts'

/** An operation with what its tracker wrote beside it. */
export type Tracked<Tracking> = { operation: Operation; tracking: Tracking }

export type OperationQuery = {
  subject?: Pick<Operation['subject'], 'kind' | 'name'> | undefined
  /** Asked for earlier than this instant, such as that of the last one seen. */
  before?: string | undefined
  limit: number
}

/** Every command that was asked for, and how far it came. */
export type Operations<Tracking> = {
  /**
   * Writes an operation, anew or in place of itself, durably and in the order of the calls.
   * One that has ended stays as it ended, whoever judges it again.
   * `tracking` must be JSON, and is kept in clear: nothing secret may be in it.
   */
  save(operation: Operation, tracking: Tracking): Promise<void>
  get(id: string): Promise<Tracked<Tracking> | null>
  /** Those without an end, oldest first: what a console that was killed has to go on with. */
  open(): Promise<Tracked<Tracking>[]>
  /** Newest first. */
  list(query: OperationQuery): Promise<Operation[]>
  /** Forgets what ended and is older than the retention. */
  prune(): Promise<number>
}

const day = 86_400_000
const mostInPage = 500

export function createOperations<Tracking>(
  database: Database,
  { retentionDays, now }: { retentionDays: number; now: () => number },
): Operations<Tracking> {
  const save = async (operation: Operation, tracking: Tracking) => {
    const told = Date.parse(operation.requestedAt)
    const changing = {
      state: operation.state,
      operation: JSON.stringify(operation),
      tracking: JSON.stringify(tracking ?? null),
    }
    await database.write(async (transaction) => {
      const known = await transaction
        .selectFrom('operations')
        .select('state')
        .where('id', '=', operation.id)
        .executeTakeFirst()
      if (known) {
        await transaction
          .updateTable('operations')
          .set(changing)
          .where('id', '=', operation.id)
          .where('state', 'in', openStates)
          .execute()
        return
      }
      const fixed = {
        id: operation.id,
        number: await advance(transaction, 'operation-number', 1),
        subject_kind: operation.subject.kind,
        subject_name: operation.subject.name,
        requested_ms: Number.isNaN(told) ? now() : told,
      }
      await transaction
        .insertInto('operations')
        .values({ ...fixed, ...changing })
        .execute()
    })
  }

  const get = async (id: string) => {
    const row = await database.read
      .selectFrom('operations')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? trackedOf<Tracking>(row) : null
  }

  const open = async () => {
    const rows = await database.read
      .selectFrom('operations')
      .selectAll()
      .where('state', 'in', openStates)
      .orderBy('number')
      .execute()
    return rows.map(trackedOf<Tracking>)
  }

  const list = async ({ subject, before, limit }: OperationQuery) => {
    let rows = database.read
      .selectFrom('operations')
      .select('operation')
      .orderBy('requested_ms', 'desc')
      .orderBy('number', 'desc')
      .limit(Math.max(1, Math.min(limit, mostInPage)))
    if (subject !== undefined) {
      rows = rows
        .where('subject_kind', '=', subject.kind)
        .where('subject_name', '=', subject.name)
    }
    if (before !== undefined) rows = rows.where('requested_ms', '<', Date.parse(before))
    return (await rows.execute()).map(operationOf)
  }

  const prune = async () => {
    const { numDeletedRows } = await database.write((transaction) =>
      transaction
        .deleteFrom('operations')
        .where('requested_ms', '<', now() - retentionDays * day)
        .where('state', 'not in', openStates)
        .executeTakeFirst(),
    )
    return Number(numDeletedRows)
  }

  return { save, get, open, list, prune }
}

const openStates = OperationState.options.filter((state) => isOpen({ state }))

const operationOf = (row: Pick<OperationTable, 'operation'>): Operation =>
  JSON.parse(row.operation)

function trackedOf<Tracking>(row: OperationTable): Tracked<Tracking> {
  return { operation: operationOf(row), tracking: JSON.parse(row.tracking) }
}
