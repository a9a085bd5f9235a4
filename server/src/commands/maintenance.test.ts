import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { aNode, aService, aState } from '../domain/entities.fixture.ts'
import type { ClusterState } from '../domain/state.ts'
import type { Tracking } from '../domain/tracking.ts'
import { fakeIntervals } from '../intervals.fixture.ts'
import { MemoryError } from '../memory/errors.ts'
import { aMemory } from '../memory/memory.fixture.ts'
import type { Memory } from '../memory/memory.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { silent } from '../silent.fixture.ts'
import { createMaintenanceDesk, type MaintenanceDesk } from './maintenance.ts'

let memory: Memory<Tracking>
let state: ClusterState
let desk: MaintenanceDesk

const swarm = (availability: 'active' | 'drain', ids = ['w1', 'w2']) =>
  aState({
    nodes: ids.map((id) => aNode({ id, hostname: id, availability })),
    services: [
      aService({ id: 'db', name: 'db', mode: { kind: 'replicated', replicas: 1 } }),
    ],
  })

const sentences = async () =>
  (await memory.journal.page({ limit: 50 })).entries.map(({ sentence }) => sentence)

beforeEach(async () => {
  fakeIntervals()
  memory = await aMemory()
  state = swarm('active')
  // Of the mirror it asks for its state only.
  const mirror = { state: () => state } as unknown as Mirror
  desk = createMaintenanceDesk({ mirror, memory, log: silent })
  onTestFinished(desk.stop)
  await desk.start()
})

test('of two that begin at once one is told that the other did', async () => {
  const both = await Promise.allSettled([
    desk.begin('w1', [], 'ana'),
    desk.begin('w1', [], 'ben'),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await memory.maintenance.open()).toHaveLength(1)
})

test('what was seen while the memory was away is written down when it is back', async () => {
  const { id } = await desk.begin('w1', [], 'ana')
  const away = vi
    .spyOn(memory.maintenance, 'save')
    .mockRejectedValue(new MemoryError('The database is away.'))
  state = swarm('drain')
  vi.advanceTimersByTime(1_000)
  await vi.waitFor(() => expect(away).toHaveBeenCalled())
  const seen = await desk.ofNode('w1')
  expect(seen?.steps[0]).toMatchObject({ id: 'drain', state: 'done' })
  away.mockRestore()
  vi.advanceTimersByTime(10_000)
  await vi.waitFor(async () =>
    expect((await memory.maintenance.get(id))?.steps[0]?.doneAt).toBe(
      seen?.steps[0]?.doneAt,
    ),
  )
  await vi.waitFor(async () =>
    expect(await sentences()).toContain(
      'Maintenance of w1: Drain w1, done. Nothing is left on it.',
    ),
  )
})

test('one whose node is removed ends, and says so', async () => {
  const { id } = await desk.begin('w1', ['db'], 'ana')
  state = swarm('active', ['w2'])
  vi.advanceTimersByTime(1_000)
  await vi.waitFor(async () =>
    expect(await memory.maintenance.get(id)).toMatchObject({ ended: 'abandoned' }),
  )
  await vi.waitFor(async () =>
    expect(await sentences()).toContain(
      'Maintenance of w1 is abandoned: w1 was removed from the swarm.',
    ),
  )
  expect(await memory.maintenance.open()).toEqual([])
})

test('one that is ended while it is looked at stays ended', async () => {
  const { id } = await desk.begin('w1', [], 'ana')
  state = swarm('drain')
  const ended = desk.end(id, 'abandoned', 'ana')
  vi.advanceTimersByTime(1_000)
  await ended
  await vi.waitFor(async () =>
    expect(await sentences()).toContain('Maintenance of w1 is abandoned'),
  )
  expect(await memory.maintenance.open()).toEqual([])
})
