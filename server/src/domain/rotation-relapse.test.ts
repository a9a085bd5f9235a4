import { describe, expect, test } from 'vitest'
import {
  aNode,
  aPrevious,
  aReference,
  aService,
  aSpec,
  aState,
  aStored,
  aTask,
} from './entities.fixture.ts'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { followed, nextActs } from './rotation.ts'
import type { RotationRecord } from './rotation-record.ts'
import { relapse } from './rotation-relapse.ts'
import { rotationView } from './rotation-retire.ts'
import type { ClusterState, Service, Task } from './state.ts'

const now = 1_800_000_000_000
const minute = 60_000

const on = (name: string, version: string, replicas = 1): Service =>
  aService({
    id: name,
    name,
    mode: { kind: 'replicated', replicas },
    spec: aSpec({ secrets: [aReference(version)] }),
    previous: aPrevious({ secrets: [aReference('db_v1')] }),
  })

const swarm = (services: readonly Service[], tasks: readonly Task[]): ClusterState =>
  aState({
    services,
    tasks,
    nodes: [aNode({ id: 'n1' }), aNode({ id: 'n2', state: 'down' })],
    secrets: ['db_v1', 'db_v2'].map((id) => aStored(id)),
  })

const runs = (serviceId: string, slot = 1) =>
  aTask({ id: `${serviceId}.${slot}`, serviceId, slot })

/** A task of the current spec that failed this long before now, in milliseconds. */
const failure = (serviceId: string, ago: number, slot = 1) =>
  aTask({
    id: `${serviceId}.${slot} ${ago}`,
    serviceId,
    slot,
    state: 'failed',
    desired: 'shutdown',
    error: 'task: non-zero exit (1)',
    createdAt: now - ago - 10_000,
    since: now - ago,
    updatedAt: now - ago,
  })

describe('a service that had converged', () => {
  const api = on('api', 'db_v2')
  const found = (tasks: readonly Task[], service = api) =>
    relapse(service, swarm([service], tasks), now)

  test('is as asked while it runs, is scaled, or to run nothing', () => {
    expect(found([runs('api')])).toBeNull()
    expect(found([], on('api', 'db_v2', 0))).toBeNull()
    const scaled = { ...on('api', 'db_v2', 2), updatedAt: now - 1_000 }
    const starts = aTask({ id: 's', serviceId: 'api', slot: 2, state: 'preparing' })
    expect(found([runs('api'), { ...starts, createdAt: now - 500 }], scaled)).toBeNull()
  })

  test('is not in a crash loop, nor between two crashes of one', () => {
    expect(found([failure('api', 5_000)])).toEqual({
      sentence: '0 of 1 running, 1 not replaced: task: non-zero exit (1)',
      hasFailed: true,
    })
    const between = { ...runs('api'), createdAt: now - 14_000, updatedAt: now - 14_000 }
    expect(found([between, failure('api', 15_000)])).toEqual({
      sentence: 'a task failed in the last 30 seconds: task: non-zero exit (1)',
      hasFailed: true,
    })
    expect(found([between, failure('api', 31_000)])).toBeNull()
  })

  test('is as asked again soon after one blow, however many tasks it took', () => {
    const three = on('api', 'db_v2', 3)
    const sinceBlow = (ago: number) =>
      found(
        [1, 2, 3].flatMap((slot) => [
          { ...runs('api', slot), createdAt: now - ago, updatedAt: now - ago },
          failure('api', ago + 1_000, slot),
        ]),
        three,
      )
    expect(sinceBlow(90_000)).toMatchObject({
      sentence: expect.stringContaining('3 failures'),
    })
    expect(sinceBlow(3 * minute)).toBeNull()
  })

  test('of which a node is lost has not failed itself', () => {
    expect(found([{ ...runs('api'), nodeId: 'n2' }])).toMatchObject({ hasFailed: false })
  })
})

describe('a rotation of which one has converged', () => {
  const converged = {
    state: 'converged',
    applied: true,
    sentence: 'All 1 running',
  } as const
  const both = aRotation({ consumers: [aConsumer('api', converged), aConsumer('web')] })
  const services = [on('api', 'db_v2'), on('web', 'db_v1')]
  const crashing = swarm(services, [failure('api', 5_000), runs('web')])
  const at = (plan: RotationRecord, state: ClusterState, later = 0) =>
    followed(plan, { state, now: now + later, operation: () => null })
  const well = (later: number) =>
    swarm(services, [{ ...runs('api'), createdAt: now + later - 2 * minute }, runs('web')])

  test('gives the value to nobody else while that one is down', () => {
    const plan = at(both, crashing)
    expect(plan).toMatchObject({
      state: 'running',
      sentence:
        '0 of 2 services with db_v2. Waits for api. api is not as asked for since: 0 of 1 running, 1 not replaced: task: non-zero exit (1).',
    })
    expect(plan.consumers[1]?.sentence).toBe('Waits for api.')
    expect(nextActs(plan, crashing)).toEqual([])
    expect(rotationView(plan, crashing, now).consumers[0]?.sentence).toBe(
      'All 1 running. Not as asked for since: 0 of 1 running, 1 not replaced: task: non-zero exit (1).',
    )
  })

  test('goes on by itself when that one runs again', () => {
    const later = 3 * minute
    const plan = at(at(both, crashing), well(later), later)
    expect(plan.consumers[0]).toMatchObject({ state: 'converged', relapse: null })
    expect(nextActs(plan, well(later))).toMatchObject([{ service: 'web' }])
  })

  test('stops when that lasts, says what is so, and offers the rollback', () => {
    const waits = at(at(both, crashing), crashing, 5 * minute - 1)
    expect(waits.state).toBe('running')
    const plan = at(waits, crashing, 5 * minute)
    expect(plan.state).toBe('stopped')
    expect(plan.sentence).toBe(
      'Stopped: api is not as asked for any more. api: It had converged, and is not as asked for since 2027-01-15T08:00:00.000Z: 0 of 1 running, 1 not replaced: task: non-zero exit (1). Whether db_v2 is the reason cannot be told.',
    )
    expect(plan.consumers[0]).toMatchObject({ state: 'failed', health: null })
    const [api] = rotationView(plan, crashing, now).consumers
    expect(api?.rollbackChecks).toEqual([])
    const mended = at(plan, well(6 * minute), 6 * minute)
    expect(mended.consumers[0]).toMatchObject({ state: 'converged', relapse: null })
    expect(mended.sentence).toMatch(/^What stopped this is over/)
  })

  test('is not verified while any is down', () => {
    const all = aRotation({ consumers: [aConsumer('api', converged)] })
    expect(at(all, swarm([on('api', 'db_v2')], [failure('api', 5_000)]))).toMatchObject({
      state: 'running',
      step: 'verify',
      verifiedAt: null,
    })
  })
})

describe('a rotation that was verified', () => {
  const verified = aRotation({
    state: 'verified',
    step: 'retire',
    verifiedAt: '2027-01-15T08:00:00.000Z',
    retireFrom: '2027-01-16T08:00:00.000Z',
    consumers: [aConsumer('api', { state: 'converged', applied: true, ran: 'goes-on' })],
  })
  const seenAgain = (tasks: readonly Task[], later: number) => {
    const state = swarm([on('api', 'db_v2')], tasks)
    const seen = { state, operation: () => null }
    const first = followed(verified, { ...seen, now })
    return followed(first, { ...seen, now: now + later })
  }

  test('is told to have lapsed where a service keeps crashing', () => {
    const passing = seenAgain([failure('api', 5_000)], minute)
    expect(passing).toMatchObject({
      state: 'verified',
      consumers: [{ state: 'converged' }],
      sentence:
        'Each service refers to db_v2. api is not as asked for since: 0 of 1 running, 1 not replaced: task: non-zero exit (1).',
    })
    expect(seenAgain([failure('api', 5_000)], 6 * minute)).toMatchObject({
      state: 'verified',
      verifiedAt: verified.verifiedAt,
      consumers: [{ state: 'failed' }],
      sentence: 'Was verified; api is not as asked for any more.',
    })
  })

  test('stays so where a node is lost, which the new value has no part in', () => {
    const plan = seenAgain([{ ...runs('api'), nodeId: 'n2' }], 60 * minute)
    expect(plan).toMatchObject({ state: 'verified', consumers: [{ state: 'converged' }] })
    expect(plan.sentence).toContain('api is not as asked for since: ')
  })
})
