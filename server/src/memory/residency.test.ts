import { expect, test } from 'vitest'
import type { Stay } from '../domain/residency.ts'
import { onEachDatabase } from './databases.fixture.ts'
import { createResidencies, type KeptStays } from './residency.ts'

const day = 86_400_000
const noon = Date.parse('2026-11-21T12:00:00.000Z')

const aStay = (fields: Partial<Stay> = {}): Stay => ({
  volume: 'pgdata',
  nodeId: 'n1',
  node: 'w1',
  from: noon - day,
  to: null,
  ...fields,
})

const kept = (serviceId: string, ...stays: Stay[]): KeptStays => ({
  serviceId,
  service: serviceId,
  stays,
})

onEachDatabase('where volumes were', (fresh, kind) => {
  const settings = { retentionDays: 90, now: () => noon }
  const anew = async (now = () => noon) =>
    createResidencies(await (await fresh()).open(), { ...settings, now })
  const sorted = (rows: KeptStays[]) =>
    rows.toSorted((a, b) => (a.serviceId < b.serviceId ? -1 : 1))

  test('is kept for each service, in place of what was kept before', async () => {
    const residency = await anew()
    const odd = aStay({ volume: "'; drop table residency; --\0", node: '__proto__' })
    await residency.save([kept('db', aStay()), kept('web', odd)])
    await residency.save([kept('db', aStay({ to: noon }), aStay({ from: 1, to: 2 }))])
    expect(sorted(await residency.load())).toEqual([
      kept('db', aStay({ to: noon }), aStay({ from: 1, to: 2 })),
      kept('web', odd),
    ])
  })

  test('is kept of thousands at once, and not of those without any', async () => {
    const residency = await anew()
    const many = Array.from({ length: 2_500 }, (_, i) => kept(`s${i}`, aStay()))
    await residency.save(many)
    await residency.save(many.slice(1).map(({ serviceId }) => kept(serviceId)))
    expect(await residency.load()).toEqual([kept('s0', aStay())])
  })

  test('is forgotten by age, but for where data was written last', async () => {
    let now = noon
    const residency = await anew(() => now)
    const open = aStay({ from: noon })
    const lastHere = aStay({ from: noon - 2 * day, to: noon - day, node: 'w2' })
    const older = aStay({ from: noon - 4 * day, to: noon - 3 * day, node: 'w3' })
    const logs = aStay({ volume: 'logs', from: noon - 9 * day, to: noon - 8 * day })
    await residency.save([kept('db', open, lastHere, older, logs)])
    expect(await residency.prune(null)).toBe(0)
    now += 200 * day
    expect(await residency.prune(new Set(['db']))).toBe(1)
    expect(await residency.load()).toEqual([kept('db', open, lastHere, logs)])
    expect(await residency.prune(null)).toBe(0)
  })

  test('is forgotten whole, once its service is gone for that long', async () => {
    let now = noon
    const residency = await anew(() => now)
    await residency.save([kept('db', aStay({ to: noon }))])
    const others = new Set(['web'])
    expect(await residency.prune(others)).toBe(0)
    now += 91 * day
    expect(await residency.prune(null)).toBe(0)
    expect(await residency.prune(others)).toBe(1)
    expect(await residency.load()).toEqual([])
  })

  if (kind !== 'SQLite in memory')
    test('is found by the next console', async () => {
      const place = await fresh()
      const database = await place.open()
      await createResidencies(database, settings).save([kept('db', aStay())])
      await database.close()
      const next = createResidencies(await place.open(), settings)
      expect(await next.load()).toEqual([kept('db', aStay())])
    })
})
