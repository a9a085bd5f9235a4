import type { Maintenance } from '@skep/shared/contract/maintenance'
import { expect, test } from 'vitest'
import { onEachDatabase } from './databases.fixture.ts'
import { createMaintenances } from './maintenance.ts'

const aMaintenance = (fields: Partial<Maintenance> = {}): Maintenance => ({
  id: 'm-1',
  node: 'w1',
  nodeId: 'node-w1',
  actor: 'local',
  startedAt: '2026-11-21T12:00:00.000Z',
  endedAt: null,
  ended: null,
  services: [{ service: 'db', replicas: 1 }],
  steps: [],
  sentence: 'Next: stop db.',
  ...fields,
})

onEachDatabase('maintenance', (fresh) => {
  const anew = async () => createMaintenances(await (await fresh()).open())

  test('is kept, and replaces itself', async () => {
    const kept = await anew()
    await kept.save(aMaintenance())
    expect(await kept.get('m-1')).toEqual(aMaintenance())
    const ended = aMaintenance({ endedAt: '2026-11-21T13:00:00.000Z', ended: 'finished' })
    await kept.save(ended)
    expect(await kept.get('m-1')).toEqual(ended)
    expect(await kept.open()).toEqual([])
    expect(await kept.get('m-2')).toBeNull()
  })

  test('is listed newest first, of one node', async () => {
    const kept = await anew()
    for (const hour of [10, 11, 12]) {
      const startedAt = `2026-11-21T${hour}:00:00.000Z`
      const nodeId = hour === 11 ? 'node-w2' : 'node-w1'
      await kept.save(aMaintenance({ id: `m-${hour}`, startedAt, nodeId }))
    }
    const found = await kept.ofNode('node-w1', 10)
    expect(found.map(({ id }) => id)).toEqual(['m-12', 'm-10'])
    expect((await kept.open()).map(({ id }) => id)).toEqual(['m-10', 'm-11', 'm-12'])
  })
})
