import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Database } from './database.ts'
import { onEachDatabase } from './databases.fixture.ts'
import { createHistory, type SeenSpec } from './history.ts'
import { type Vault, vaultOf } from './vault.ts'

const day = 86_400_000
const noon = Date.parse('2026-11-21T12:00:00.000Z')
const vault = vaultOf(randomBytes(32))

const aSpec = (fields: Partial<SeenSpec> = {}): SeenSpec => ({
  serviceId: 'service-web',
  service: 'web',
  specIndex: 10,
  seenAt: '2026-11-21T12:00:00.000Z',
  differs: false,
  fingerprint: 'one',
  image: 'shop/web:1',
  changes: [],
  document: { Name: 'web', TaskTemplate: { ContainerSpec: { Env: ['PASSWORD=hunter2'] } } },
  hasHidden: true,
  actor: null,
  operation: null,
  ...fields,
})

const historyOf = (database: Database, key: Vault | null, now = () => noon) =>
  createHistory(database, { vault: key, retentionDays: 90, now })

/** Everything that lies in the table, as somebody reads it who took the database. */
const stolen = async ({ read }: Database) =>
  JSON.stringify(await read.selectFrom('spec_versions').selectAll().execute())

onEachDatabase('the history of specs', (fresh) => {
  const anew = async () => (await fresh()).open()

  test('numbers what is new for each service, and keeps what is not once', async () => {
    const history = historyOf(await anew(), vault)
    const change = {
      path: 'TaskTemplate.ContainerSpec.Image',
      label: 'Image',
      before: 'shop/web:1',
      after: 'shop/web:2',
      hidden: false,
      restarts: true,
    }
    const other = { serviceId: 'service-db', service: 'db' }
    expect(await history.record(aSpec())).toBe(1)
    expect(await history.record(aSpec({ specIndex: 11 }))).toBeNull()
    const hidden = { serviceId: 'service-mail', service: 'mail' }
    expect(await history.record(aSpec(hidden))).toBe(1)
    expect(await history.record(aSpec({ ...hidden, differs: true }))).toBe(2)
    const second = aSpec({
      fingerprint: 'two',
      specIndex: 12,
      image: 'shop/web:2',
      changes: [change],
      actor: 'local',
      operation: 'op-1',
    })
    expect(await history.record(second)).toBe(2)
    expect(await history.record(aSpec(other))).toBe(1)
    // Going back is a version of its own.
    expect(await history.record(aSpec({ specIndex: 13 }))).toBe(3)

    const versions = await history.versions('service-web')
    expect(versions.map(({ version, specIndex }) => [version, specIndex])).toEqual([
      [3, 13],
      [2, 12],
      [1, 10],
    ])
    expect(versions[1]).toEqual({
      version: 2,
      specIndex: 12,
      seenAt: '2026-11-21T12:00:00.000Z',
      image: 'shop/web:2',
      actor: 'local',
      operation: 'op-1',
      changes: [change],
      restorable: true,
    })
    expect((await history.latest('service-web'))?.version).toBe(3)
    expect(await history.versions('service-web', 2)).toHaveLength(2)
    expect(await history.latest('service-none')).toBeNull()
  })

  test('records at once number themselves one after the other', async () => {
    const history = historyOf(await anew(), vault)
    const numbers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => history.record(aSpec({ fingerprint: `${i}` }))),
    )
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('gives a document back whole, and keeps it sealed', async () => {
    const database = await anew()
    const history = historyOf(database, vault)
    await history.record(aSpec())
    expect(await history.document('service-web', 1)).toEqual(aSpec().document)
    expect(await history.document('service-web', 2)).toBeNull()
    expect(await stolen(database)).not.toMatch(/hunter2|PASSWORD|"one"/)
  })

  test('without a key keeps no document in which something is hidden', async () => {
    const database = await anew()
    const history = historyOf(database, null)
    await history.record(aSpec())
    await history.record(
      aSpec({ fingerprint: 'two', document: { a: 1 }, hasHidden: false }),
    )
    expect(await history.document('service-web', 1)).toBeNull()
    expect(await history.document('service-web', 2)).toEqual({ a: 1 })
    expect(await stolen(database)).not.toMatch(/hunter2/)
    const restorable = (await history.versions('service-web')).map((one) => one.restorable)
    expect(restorable).toEqual([true, false])
  })

  test('seals the newest version once there is a key', async () => {
    const database = await anew()
    await historyOf(database, null).record(aSpec())
    const history = historyOf(database, vault)
    expect(await history.record(aSpec())).toBeNull()
    expect(await history.document('service-web', 1)).toEqual(aSpec().document)
    expect(await history.record(aSpec())).toBeNull()
    expect(await history.versions('service-web')).toMatchObject([{ restorable: true }])
    expect(await stolen(database)).not.toMatch(/hunter2|"one"/)
  })

  test('says that a document is of another key, and begins anew with this one', async () => {
    const database = await anew()
    await historyOf(database, vault).record(aSpec())
    const other = historyOf(database, vaultOf(randomBytes(32)))
    await expect(other.document('service-web', 1)).rejects.toThrow(/another key/)
    expect(await other.versions('service-web')).toMatchObject([{ restorable: false }])
    expect(await other.record(aSpec())).toBe(2)
    expect(await other.document('service-web', 2)).toEqual(aSpec().document)

    const keyless = historyOf(database, null)
    expect(await keyless.document('service-web', 1)).toBeNull()
    expect(await keyless.versions('service-web')).toMatchObject([
      { restorable: false },
      { restorable: false },
    ])
  })

  test('says that a document was changed, or was put in the place of another', async () => {
    const database = await anew()
    const history = historyOf(database, vault)
    await history.record(aSpec())
    await history.record(aSpec({ fingerprint: 'two', document: { Name: 'two' } }))
    const [first, second] = await database.read
      .selectFrom('spec_versions')
      .select('document')
      .orderBy('version')
      .execute()
    const put = (document: string | null | undefined) =>
      database.read
        .updateTable('spec_versions')
        .set({ document: document ?? null })
        .where('version', '=', 2)
        .execute()
    await put(first?.document)
    await expect(history.document('service-web', 2)).rejects.toThrow(/changed since/)
    await put(second?.document?.slice(0, -4))
    await expect(history.document('service-web', 2)).rejects.toThrow(/changed since/)
  })

  test('forgets by age, but ten versions of what exists', async () => {
    let now = noon
    const history = historyOf(await anew(), vault, () => now)
    for (const serviceId of ['stays', 'gone']) {
      for (let i = 1; i <= 14; i += 1) {
        await history.record(aSpec({ serviceId, fingerprint: `${i}` }))
      }
    }
    const numbers = async (id: string) =>
      (await history.versions(id)).map(({ version }) => version)
    const existing = new Set(['stays'])
    expect(await history.prune(existing)).toBe(0)

    now = noon + 91 * day
    const seenAt = new Date(now).toISOString()
    await history.record(aSpec({ serviceId: 'stays', fingerprint: 'new', seenAt }))
    // While nobody knows what exists, all of it may.
    expect(await history.prune(null)).toBe(5 + 4)
    expect(await history.prune(existing)).toBe(10)
    expect(await numbers('stays')).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6])
    expect(await numbers('gone')).toEqual([])
    expect(await history.record(aSpec({ serviceId: 'stays', fingerprint: 'newer' }))).toBe(
      16,
    )
  })
})
