import type { SpecVersion } from '@skep/shared/contract/journal'
import type { FieldChange } from '@skep/shared/contract/preview'
import type { Database } from './database.ts'
import type { SpecVersionTable } from './schema.ts'
import type { Vault } from './vault.ts'

/** A spec as it was seen in the swarm. */
export type SeenSpec = {
  serviceId: string
  service: string
  specIndex: number
  seenAt: string
  /** The same for the same spec, and for another only where hidden values alone differ. */
  fingerprint: string
  /** Whether it is known to differ from the version before, in hidden values too. */
  differs: boolean
  image: string
  /** Against the version before; with nothing secret in it. */
  changes: FieldChange[]
  /** The spec as the engine writes it, with everything in it. */
  document: unknown
  /** Whether something in the document is kept back from people, such as environment. */
  hasHidden: boolean
  actor: string | null
  operation: string | null
}

/** A version that was kept; what it is to the service now is for the swarm to tell. */
export type KeptVersion = Omit<SpecVersion, 'current' | 'rollbackTarget'>

/** Each spec of each service, as far back as it was watched. */
export type History = {
  /**
   * Keeps a spec as a new version, unless the newest has the same fingerprint and it is not
   * known to differ all the same. Answers the number of the new version; null where there
   * is none.
   *
   * The document is kept sealed; without a key only where nothing in it is hidden. Where a
   * key came later, the newest version is sealed once it is seen again.
   */
  record(seen: SeenSpec): Promise<number | null>
  /** Newest first. */
  versions(serviceId: string, limit?: number): Promise<KeptVersion[]>
  latest(serviceId: string): Promise<KeptVersion | null>
  /**
   * The whole spec of a version; null where it was not kept.
   * @throws VaultError when it was sealed with another key or was changed since
   */
  document(serviceId: string, version: number): Promise<unknown>
  /**
   * Forgets what is older than the retention, but not the newest ten of a service that
   * exists. @param existing ids of the services there are; null while nobody knows
   */
  prune(existing: ReadonlySet<string> | null): Promise<number>
}

export type HistorySettings = {
  vault: Vault | null
  retentionDays: number
  /** The present, in milliseconds. */
  now: () => number
}

const day = 86_400_000
const alwaysKept = 10

export function createHistory(database: Database, settings: HistorySettings): History {
  const { vault, retentionDays, now } = settings

  const newest = (serviceId: string, from = database.read) =>
    from
      .selectFrom('spec_versions')
      .selectAll()
      .where('service_id', '=', serviceId)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()

  /** What is kept of a document, in the columns that hold it. */
  const keeping = (
    { serviceId, document, hasHidden, fingerprint }: SeenSpec,
    at: number,
  ) => {
    if (vault) {
      return {
        document: vault.seal(JSON.stringify(document), aboutOf(serviceId, at)),
        key_id: vault.keyId,
        fingerprint: vault.fingerprint(fingerprint),
      }
    }
    return {
      document: hasHidden ? null : JSON.stringify(document),
      key_id: null,
      fingerprint,
    }
  }

  const record = (seen: SeenSpec) =>
    database.write(async (transaction) => {
      const before = await newest(seen.serviceId, transaction)
      const sealed = vault?.fingerprint(seen.fingerprint)
      if (before && before.fingerprint === sealed && !seen.differs) return null
      const isOpen = before?.key_id === null && before.fingerprint === seen.fingerprint
      if (before && isOpen && !seen.differs) {
        if (vault) {
          await transaction
            .updateTable('spec_versions')
            .set(keeping(seen, before.version))
            .where('service_id', '=', seen.serviceId)
            .where('version', '=', before.version)
            .execute()
        }
        return null
      }
      const version = (before?.version ?? 0) + 1
      const told = Date.parse(seen.seenAt)
      const row: SpecVersionTable = {
        service_id: seen.serviceId,
        version,
        service: seen.service,
        spec_index: seen.specIndex,
        seen_at: seen.seenAt,
        seen_ms: Number.isNaN(told) ? now() : told,
        image: seen.image,
        changes: JSON.stringify(seen.changes),
        actor: seen.actor,
        operation: seen.operation,
        ...keeping(seen, version),
      }
      await transaction.insertInto('spec_versions').values(row).execute()
      return version
    })

  const keptOf = (row: Omit<SpecVersionTable, 'document'> & { has: number | boolean }) => {
    const changes: FieldChange[] = JSON.parse(row.changes)
    const opens = row.key_id === null || row.key_id === vault?.keyId
    return {
      version: row.version,
      specIndex: row.spec_index,
      seenAt: row.seen_at,
      image: row.image,
      actor: row.actor,
      operation: row.operation,
      changes,
      restorable: Boolean(row.has) && opens,
    }
  }

  const versions = async (serviceId: string, limit = 200) => {
    const rows = await database.read
      .selectFrom('spec_versions')
      .select(({ eb }) => [...listed, eb('document', 'is not', null).as('has')])
      .where('service_id', '=', serviceId)
      .orderBy('version', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => keptOf({ ...row, has: row.has }))
  }

  const latest = async (serviceId: string) => (await versions(serviceId, 1))[0] ?? null

  const document = async (serviceId: string, version: number): Promise<unknown> => {
    const row = await database.read
      .selectFrom('spec_versions')
      .select(['document', 'key_id'])
      .where('service_id', '=', serviceId)
      .where('version', '=', version)
      .executeTakeFirst()
    if (!row || row.document === null) return null
    if (row.key_id === null) return JSON.parse(row.document)
    if (!vault) return null
    return JSON.parse(vault.open(row.document, aboutOf(serviceId, version)))
  }

  const prune = (existing: ReadonlySet<string> | null) =>
    database.write(async (transaction) => {
      const before = now() - retentionDays * day
      const aged = await transaction
        .selectFrom('spec_versions')
        .select(({ fn }) => ['service_id', fn.max('version').as('newest')])
        .where('service_id', 'in', ({ selectFrom }) =>
          selectFrom('spec_versions as old')
            .select('old.service_id')
            .where('old.seen_ms', '<', before),
        )
        .groupBy('service_id')
        .execute()
      let forgotten = 0
      for (const { service_id: id, newest } of aged) {
        const keep = existing?.has(id) === false ? 0 : alwaysKept
        const { numDeletedRows } = await transaction
          .deleteFrom('spec_versions')
          .where('service_id', '=', id)
          .where('seen_ms', '<', before)
          .where('version', '<=', newest - keep)
          .executeTakeFirst()
        forgotten += Number(numDeletedRows)
      }
      return forgotten
    })

  return { record, versions, latest, document, prune }
}

/** All but the document, which is large and is asked for one at a time. */
const listed = [
  'service_id',
  'version',
  'service',
  'spec_index',
  'seen_at',
  'seen_ms',
  'fingerprint',
  'image',
  'changes',
  'actor',
  'operation',
  'key_id',
] as const

/** What a sealed document belongs to, so that it opens nowhere else. */
const aboutOf = (serviceId: string, version: number) =>
  JSON.stringify(['spec', serviceId, version])
