import type { Operation } from '@skep/shared/contract/operation'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { aService, aState } from '../domain/entities.fixture.ts'
import type { ClusterState } from '../domain/state.ts'
import type { Tracking } from '../domain/tracking.ts'
import { fakeIntervals } from '../intervals.fixture.ts'
import { aMemory, away } from '../memory/memory.fixture.ts'
import type { Memory } from '../memory/memory.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { silent } from '../silent.fixture.ts'
import { createOperations, type Operations } from './operations.ts'

const at = '2026-11-21T10:00:00.000Z'

const scaling: Operation = {
  id: 'op-1',
  kind: 'scale',
  subject: { kind: 'service', name: 'web', id: 'service-web' },
  actor: 'ana',
  title: 'Scale web to 5',
  command: 'docker service scale web=5',
  acknowledged: [],
  state: 'requested',
  sentence: 'Requested.',
  requestedAt: at,
  acceptedAt: null,
  endedAt: null,
  specVersion: null,
}
const tracking: Tracking = {
  specHash: null,
  before: { specHash: 'before', version: 1 },
  expects: 'update',
}

let memory: Memory<Tracking>
let state: ClusterState
let change: () => void
let operations: Operations

beforeEach(async () => {
  fakeIntervals()
  memory = await aMemory()
  state = aState({ services: [aService({ specHash: 'before', version: 1 })] })
  // Of the mirror they ask for its state, and when it changed.
  const mirror = {
    state: () => state,
    onChange: (listener: () => void) => {
      change = listener
      return () => {}
    },
  } as unknown as Mirror
  operations = createOperations(mirror, memory, silent)
  onTestFinished(operations.stop)
})

const outcomes = async () =>
  (await memory.journal.page({ service: 'web', kind: 'outcome', limit: 10 })).entries

test('an end that the memory did not take is written once it does, and once', async () => {
  await operations.start()
  await operations.begin(scaling, tracking)
  const { save } = memory.operations
  memory.operations.save = away
  state = aState({ services: [] })
  change()
  expect(operations.all()['op-1']?.state).toBe('superseded')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await outcomes()).toEqual([])

  memory.operations.save = save
  await vi.advanceTimersByTimeAsync(10_000)
  await vi.waitFor(async () => expect(await outcomes()).toHaveLength(1))
  expect((await memory.operations.get('op-1'))?.operation.state).toBe('superseded')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await outcomes()).toHaveLength(1)
})

test('it starts without the memory, and takes up what was open once that is there', async () => {
  await memory.operations.save(scaling, tracking)
  const { open } = memory.operations
  memory.operations.open = away
  await operations.start()
  expect(operations.all()).toEqual({})
  memory.operations.open = open
  await vi.advanceTimersByTimeAsync(10_000)
  await vi.waitFor(() => expect(Object.keys(operations.all())).toEqual(['op-1']))
})

test('the journal tells who asked, how the service stood, and what was known', async () => {
  await operations.start()
  const acknowledged: Operation['acknowledged'] = [
    { id: 'no-room', level: 'warn', sentence: '', subjects: [] },
  ]
  await operations.begin({ ...scaling, acknowledged }, tracking)
  const { entries } = await memory.journal.page({ service: 'web', limit: 1 })
  expect(entries).toMatchObject([{ kind: 'action', actor: 'ana', operation: 'op-1' }])
  expect(entries[0]?.sentence).toMatch(/^Scale web to 5; found: .+; knowing of: no-room$/)
})

test('what was accepted is not judged on a service that shows nothing of it yet', async () => {
  await operations.start()
  await operations.begin(scaling, tracking)
  // The engine took it, and could not be asked what it left.
  const { state: stands } = await operations.accept('op-1', null, null)
  expect(stands).toBe('accepted')
})
