import type { Operation } from '@skep/shared/contract/operation'
import { expect, test } from 'vitest'
import { onEachDatabase } from './databases.fixture.ts'
import { createOperations } from './operations.ts'

const day = 86_400_000
const noon = Date.parse('2026-11-21T12:00:00.000Z')

const anOperation = (fields: Partial<Operation> = {}): Operation => ({
  id: 'op-1',
  kind: 'scale',
  subject: { kind: 'service', name: 'web', id: 'service-web' },
  actor: 'local',
  title: 'Scale web to 5',
  command: 'docker service scale web=5',
  acknowledged: [{ id: 'paused', level: 'warn', sentence: 'It is paused.', subjects: [] }],
  state: 'requested',
  sentence: 'Asked for.',
  requestedAt: '2026-11-21T12:00:00.000Z',
  acceptedAt: null,
  endedAt: null,
  specVersion: null,
  ...fields,
})

type Tracking = { wanted: number; seen: string[] }

onEachDatabase('operations', (fresh, kind) => {
  const anew = async (now = () => noon) =>
    createOperations<Tracking>(await (await fresh()).open(), { retentionDays: 90, now })

  test('are kept with what their tracker wrote, and replace themselves', async () => {
    const operations = await anew()
    const tracking = { wanted: 5, seen: ["'; drop table operations; --", 'a\0b'] }
    await operations.save(anOperation(), tracking)
    expect(await operations.get('op-1')).toEqual({ operation: anOperation(), tracking })

    const accepted = anOperation({ state: 'accepted', specVersion: 12 })
    await operations.save(accepted, { wanted: 5, seen: [] })
    expect(await operations.get('op-1')).toEqual({
      operation: accepted,
      tracking: { wanted: 5, seen: [] },
    })
    expect(await operations.list({ limit: 10 })).toEqual([accepted])
    expect(await operations.get('op-2')).toBeNull()
  })

  test('saved at once end as they were saved last', async () => {
    const operations = await anew()
    const sentences = Array.from({ length: 20 }, (_, i) => `${i} of 20 running`)
    const tracking = { wanted: 20, seen: [] }
    await Promise.all(
      sentences.map((sentence) => operations.save(anOperation({ sentence }), tracking)),
    )
    expect((await operations.get('op-1'))?.operation.sentence).toBe('19 of 20 running')
    expect(await operations.list({ limit: 10 })).toHaveLength(1)
  })

  test('that ended stay as they ended, also where another console judges them again', async () => {
    const operations = await anew()
    const tracking = { wanted: 5, seen: [] }
    await operations.save(anOperation({ state: 'accepted' }), tracking)
    const ended = anOperation({ state: 'converged', sentence: '5 of 5.' })
    await operations.save(ended, tracking)
    await operations.save(anOperation({ state: 'superseded' }), tracking)
    expect((await operations.get('op-1'))?.operation).toEqual(ended)
  })

  test('are listed newest first, by service and by page', async () => {
    const operations = await anew()
    for (let minute = 0; minute < 7; minute += 1) {
      const requestedAt = `2026-11-21T12:0${minute}:00.000Z`
      const name = minute % 2 ? 'web' : 'db'
      const subject = { kind: 'service', name, id: name } as const
      const operation = anOperation({ id: `op-${minute}`, requestedAt, subject })
      await operations.save(operation, { wanted: 1, seen: [] })
    }
    const ids = async (query: Parameters<typeof operations.list>[0]) =>
      (await operations.list(query)).map(({ id }) => id)
    expect(await ids({ limit: 3 })).toEqual(['op-6', 'op-5', 'op-4'])
    expect(await ids({ limit: 3, before: '2026-11-21T12:04:00.000Z' })).toEqual([
      'op-3',
      'op-2',
      'op-1',
    ])
    expect(await ids({ limit: 10, subject: { kind: 'service', name: 'web' } })).toEqual([
      'op-5',
      'op-3',
      'op-1',
    ])
  })

  test('that are older than the retention are forgotten, unless they are open', async () => {
    let now = noon
    const operations = await anew(() => now)
    const tracking = { wanted: 1, seen: [] }
    await operations.save(anOperation({ id: 'ended', state: 'converged' }), tracking)
    await operations.save(anOperation({ id: 'open', state: 'accepted' }), tracking)
    expect(await operations.prune()).toBe(0)
    now += 91 * day
    expect(await operations.prune()).toBe(1)
    expect((await operations.list({ limit: 10 })).map(({ id }) => id)).toEqual(['open'])
  })

  if (kind !== 'SQLite in memory')
    test('without an end are found by the next console, oldest first', async () => {
      const place = await fresh()
      const settings = { retentionDays: 90, now: () => noon }
      const database = await place.open()
      const operations = createOperations<Tracking>(database, settings)
      const states: Operation['state'][] = ['accepted', 'converged', 'requested', 'failed']
      for (const [index, state] of states.entries()) {
        const operation = anOperation({ id: state, state })
        await operations.save(operation, { wanted: index, seen: [] })
      }
      await database.close()

      const found = await createOperations<Tracking>(await place.open(), settings).open()
      expect(
        found.map(({ operation, tracking }) => [operation.id, tracking.wanted]),
      ).toEqual([
        ['accepted', 0],
        ['requested', 2],
      ])
    })
})
