import type { Operation } from '@skep/shared/contract/operation'
import { describe, expect, test } from 'vitest'
import {
  aPrevious,
  aReference,
  aService,
  aSpec,
  aState,
  aStored,
  aTask,
} from './entities.fixture.ts'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { followed, nextActs, resumed, sending, withConsumer } from './rotation.ts'
import {
  type RotatedConsumer,
  type RotationRecord,
  type Seen,
  withLate,
} from './rotation-record.ts'
import { rollbackChecks } from './rotation-rollback.ts'
import type { ClusterState, Service } from './state.ts'

const now = 1_800_000_000_000
const one = { kind: 'replicated', replicas: 1 } as const

/** A service that refers to this version, and would roll back to the other. */
const on = (name: string, version: string, fields: Partial<Service> = {}): Service =>
  aService({
    id: name,
    name,
    mode: one,
    specHash: `${name} with ${version}`,
    spec: aSpec({ secrets: [aReference(version, { target: 'db' })] }),
    previous: aPrevious({ secrets: [aReference(version === 'db_v1' ? 'db_v0' : 'db_v1')] }),
    ...fields,
  })

const swarm = (services: readonly Service[], live = true): ClusterState =>
  aState({
    services,
    tasks: services.map(({ id }) => aTask({ id: `t-${id}`, serviceId: id, slot: 1 })),
    secrets: ['db_v1', 'db_v2'].map((id) => aStored(id)),
    swarm: { state: live ? 'live' : 'no-quorum' },
  })

const paused = {
  state: 'paused',
  message: 'task failed',
  startedAt: 0,
  completedAt: null,
} as const
const moving = {
  state: 'updating',
  message: '',
  startedAt: now - 1,
  completedAt: null,
} as const

type Told = Partial<Pick<Operation, 'state' | 'sentence' | 'acceptedAt'>>

const operations = (told: Record<string, Told>): Seen['operation'] => {
  return (id) => {
    const found = told[id]
    if (!found) return null
    return {
      id,
      kind: 'swap',
      subject: { kind: 'service', name: id, id },
      actor: 'ana',
      title: '',
      command: '',
      acknowledged: [],
      state: 'accepted',
      sentence: 'Accepted: 0 of 1 running.',
      requestedAt: '2027-01-15T08:00:00.000Z',
      acceptedAt: '2027-01-15T08:00:01.000Z',
      endedAt: null,
      specVersion: 1,
      ...found,
    }
  }
}

const look = (
  plan: RotationRecord,
  services: readonly Service[],
  told: Record<string, Told> = {},
) => followed(plan, { state: swarm(services), now, operation: operations(told) })

const states = ({ consumers }: RotationRecord) => consumers.map(({ state }) => state)
const acts = (plan: RotationRecord, services: readonly Service[]) =>
  nextActs(plan, swarm(services)).map(({ service, kind }) => `${kind} ${service}`)

const both = aRotation({ consumers: [aConsumer('api'), aConsumer('web')] })
const sent = (plan: RotationRecord, service: string) =>
  withConsumer(plan, service, { state: 'updating', operation: `o-${service}` })

describe('one after another', () => {
  const before = [on('api', 'db_v1'), on('web', 'db_v1')]

  test('the second is sent when the first has converged', () => {
    let plan = look(both, before)
    expect(acts(plan, before)).toEqual(['swap api'])
    expect(plan.consumers.map(({ sentence }) => sentence)).toEqual([
      'Is next.',
      'Waits for api.',
    ])
    plan = look(sent(plan, 'api'), before, { 'o-api': {} })
    expect(states(plan)).toEqual(['updating', 'waiting'])
    expect(acts(plan, before)).toEqual([])
    expect(plan.sentence).toBe('0 of 2 services with db_v2; api: Accepted: 0 of 1 running.')
    const after = [on('api', 'db_v2', { hasHealthCheck: true }), on('web', 'db_v1')]
    plan = look(plan, after, { 'o-api': { state: 'converged', sentence: 'All 1 running' } })
    expect(plan.consumers[0]).toMatchObject({
      state: 'converged',
      sentence: 'All 1 running',
      health: 'Its health check passed in every task.',
      endedAt: new Date(now).toISOString(),
    })
    expect(acts(plan, after)).toEqual(['swap web'])
  })

  test('together, all are sent at once', () => {
    const plan = look({ ...both, together: true }, before)
    expect(acts(plan, before)).toEqual(['swap api', 'swap web'])
  })

  test('when all have converged it is verified, and the window begins', () => {
    const plan = aRotation({
      consumers: [
        aConsumer('api', { state: 'converged' }),
        aConsumer('web', { state: 'converged' }),
      ],
      windowHours: 2,
    })
    const done = look(plan, [on('api', 'db_v2'), on('web', 'db_v2')])
    expect(done).toMatchObject({
      state: 'verified',
      step: 'retire',
      verifiedAt: new Date(now).toISOString(),
      retireFrom: new Date(now + 7_200_000).toISOString(),
      sentence: 'Verified: 2 services run with db_v2.',
      endedAt: null,
    })
  })

  test('without consumers it is verified at once', () => {
    expect(look(aRotation(), [])).toMatchObject({
      state: 'verified',
      sentence: 'db_v2 is there. No service refers to it yet.',
    })
  })

  test("somebody else's update is waited for, unless it was known", () => {
    const busy = [on('api', 'db_v1', { update: moving }), on('web', 'db_v1')]
    const plan = look(both, busy)
    expect(acts(plan, busy)).toEqual([])
    expect(plan.sentence).toBe(
      '0 of 2 services with db_v2; api: Another update of api is under way: this waits for its end.',
    )
    const known = withConsumer(plan, 'api', { acknowledged: ['update-in-progress'] })
    expect(acts(known, busy)).toEqual(['swap api'])
  })
})

describe('a consumer that does not take it', () => {
  test('stops the rotation, which says which and why', () => {
    const half = [on('api', 'db_v2', { update: paused }), on('web', 'db_v1')]
    const why = 'Update paused: password authentication failed'
    const plan = look(sent(both, 'api'), half, {
      'o-api': { state: 'failed', sentence: why },
    })
    expect(plan).toMatchObject({
      state: 'stopped',
      sentence: `Stopped: api did not take db_v2. api: ${why}`,
    })
    expect(states(plan)).toEqual(['failed', 'waiting'])
    expect(acts(plan, half)).toEqual([])
    // Pressed again, the paused update goes on: that is no swap any more.
    expect(acts(look(resumed(plan), half), half)).toEqual(['resume api'])
  })

  test('and was rolled back by the swarm is told as that, and swapped again if resumed', () => {
    const back = [on('api', 'db_v1', { previous: null }), on('web', 'db_v1')]
    const plan = look(sent(both, 'api'), back, {
      'o-api': {
        state: 'failed',
        sentence: 'The update failed and the swarm rolled it back.',
      },
    })
    expect(plan.consumers[0]).toMatchObject({
      state: 'rolled-back',
      sentence:
        'The update failed and the swarm rolled it back. api refers to db_v1 again.',
    })
    expect(plan.state).toBe('stopped')
    expect(acts(look(resumed(plan), back), back)).toEqual(['swap api'])
  })

  test('that the engine refused was never changed', () => {
    const plan = look(sent(both, 'api'), [on('api', 'db_v1'), on('web', 'db_v1')], {
      'o-api': { state: 'failed', sentence: 'The engine refused: no', acceptedAt: null },
    })
    expect(states(plan)).toEqual(['failed', 'waiting'])
  })

  test('among several at once leaves the others to be followed', () => {
    const plan = sent(sent({ ...both, together: true }, 'api'), 'web')
    const services = [on('api', 'db_v2', { update: paused }), on('web', 'db_v2')]
    const stopped = look(plan, services, {
      'o-api': { state: 'failed', sentence: 'No.' },
      'o-web': {},
    })
    expect(states(stopped)).toEqual(['failed', 'updating'])
    const later = look(stopped, services, {
      'o-web': { state: 'converged', sentence: 'ok' },
    })
    expect(states(later)).toEqual(['failed', 'converged'])
    expect(later.state).toBe('stopped')
  })

  test('and comes right later counts; a person goes on with the others', () => {
    const plan = look(
      {
        ...withConsumer(both, 'api', { state: 'failed', applied: true }),
        state: 'stopped',
      },
      [on('api', 'db_v2'), on('web', 'db_v1')],
    )
    expect(states(plan)).toEqual(['converged', 'waiting'])
    expect(plan).toMatchObject({
      state: 'stopped',
      sentence: 'What stopped this is over: resume it to go on with web.',
    })
  })

  test('and is rolled back by the act here says what became of that', () => {
    const plan = withConsumer({ ...both, state: 'stopped' }, 'api', {
      state: 'failed',
      applied: true,
      sentence: 'Paused.',
      rollback: 'o-back',
    })
    const back = [on('api', 'db_v1', { previous: aPrevious() }), on('web', 'db_v1')]
    const rolled = look(plan, back, { 'o-back': {} })
    expect(rolled.consumers[0]).toMatchObject({ state: 'rolled-back' })
    const done = look(rolled, back, {
      'o-back': { state: 'converged', sentence: 'Rolled back: fine' },
    })
    expect(done.consumers[0]?.sentence).toBe(
      'Paused. api refers to db_v1 again. Its rollback: Rolled back: fine',
    )
    expect(
      look(done, back, { 'o-back': { state: 'converged', sentence: 'Rolled back: fine' } }),
    ).toEqual(done)
  })

  test('one that had converged and is rolled back by hand stops it, too', () => {
    const plan = withConsumer(both, 'api', { state: 'converged' })
    const back = look(plan, [on('api', 'db_v1'), on('web', 'db_v1')])
    expect(states(back)).toEqual(['rolled-back', 'waiting'])
    expect(back.state).toBe('stopped')
  })
})

describe('of what nothing runs on', () => {
  const three = aRotation({
    consumers: ['cron', 'idle', 'web'].map((name) =>
      aConsumer(name, { state: 'converged' }),
    ),
  })
  const cron = on('cron', 'db_v2', {
    mode: { kind: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 },
    hasHealthCheck: true,
  })
  const idle = on('idle', 'db_v2', {
    mode: { kind: 'replicated', replicas: 0 },
    hasHealthCheck: true,
  })
  const state = aState({
    services: [cron, idle, on('web', 'db_v2', { hasHealthCheck: true })],
    tasks: [
      aTask({
        id: 't-cron',
        serviceId: 'cron',
        slot: 1,
        desired: 'complete',
        state: 'complete',
      }),
      aTask({ id: 't-web', serviceId: 'web', slot: 1 }),
    ],
    secrets: ['db_v1', 'db_v2'].map((id) => aStored(id)),
  })

  test('no health is told that was not seen, nor is it counted as running', () => {
    const sent = {
      ...three,
      consumers: three.consumers.map((one) => ({
        ...one,
        state: 'updating' as const,
        operation: 'o',
      })),
    }
    const operation = operations({ o: { state: 'converged', sentence: 'As asked' } })
    const plan = followed(sent, { state, now, operation })
    expect(plan.consumers.map(({ health }) => health)).toEqual([
      'It is a job: its tasks ran to their end.',
      'Nothing runs: no task has read it yet.',
      'Its health check passed in every task.',
    ])
    expect(plan.sentence).toBe(
      'Verified: 1 service runs with db_v2. cron ran to its end with it. Nothing runs of idle: that it works with it was not seen.',
    )
  })
})

describe('once it was verified', () => {
  const verified = aRotation({
    state: 'verified',
    step: 'retire',
    verifiedAt: '2027-01-15T08:05:00.000Z',
    retireFrom: '2027-01-16T08:05:00.000Z',
    log: [{ at: '2027-01-15T08:05:00.000Z', actor: null, sentence: 'Verified.' }],
    consumers: ['api', 'web'].map((name) =>
      aConsumer(name, { state: 'converged', health: 'Seen.', ran: 'goes-on' }),
    ),
  })

  test('a service that goes back is told of, and what was verified stays on record', () => {
    const plan = look(verified, [on('api', 'db_v1'), on('web', 'db_v2')])
    expect(plan).toMatchObject({
      state: 'verified',
      sentence: 'Was verified; api is back on db_v1.',
      verifiedAt: verified.verifiedAt,
      log: verified.log,
    })
    expect(states(plan)).toEqual(['rolled-back', 'converged'])
    expect(plan.consumers[0]?.health).toBeNull()
    expect(acts(plan, [on('api', 'db_v1')])).toEqual([])
    const mended = look(plan, [on('api', 'db_v2'), on('web', 'db_v2')])
    expect(mended.sentence).toBe('Verified: 2 services run with db_v2.')
  })

  test('it is gone on with for that one, and for one that came late', () => {
    const services = [on('api', 'db_v1'), on('late', 'db_v1'), on('web', 'db_v2')]
    const plan = resumed(withLate(look(verified, services), swarm(services)))
    expect(plan).toMatchObject({ state: 'running', verifiedAt: null, retireFrom: null })
    expect(acts({ ...plan, together: true }, services)).toEqual(['swap api', 'swap late'])
  })
})

describe('an update that makes no progress', () => {
  const minute = 60_000
  const begun = (at: number) =>
    on('api', 'db_v2', {
      update: { state: 'updating', message: '', startedAt: at, completedAt: null },
    })
  const waits = (service: Service): ClusterState =>
    aState({
      services: [service],
      tasks: [
        aTask({
          id: 't-old',
          serviceId: 'api',
          slot: 1,
          upToDate: false,
          updatedAt: now - 60 * minute,
        }),
      ],
      secrets: ['db_v1', 'db_v2'].map((id) => aStored(id)),
    })
  const only = aRotation({ consumers: [aConsumer('api')] })
  const underWay = (sentAt: number) =>
    withConsumer(only, 'api', {
      state: 'updating',
      operation: 'o',
      sentAt: new Date(sentAt).toISOString(),
    })
  const at = (sentAt: number, begunAt = sentAt) =>
    followed(underWay(sentAt), {
      state: waits(begun(begunAt)),
      now,
      operation: operations({ o: {} }),
    })

  test('is waited for, and is nothing to verify yet', () => {
    expect(at(now - 4 * minute)).toMatchObject({ state: 'running', step: 'update' })
  })

  test('stops it after a while, which says why and can be rolled back', () => {
    const plan = at(now - 6 * minute)
    expect(plan.state).toBe('stopped')
    expect(plan.sentence).toBe(
      'Stopped: api did not take db_v2. api: Not converged: 0 of 1 updated; the update makes no progress, for 6 minutes',
    )
    const [one] = plan.consumers
    expect(one && rollbackChecks(plan, one, waits(begun(now)))).toEqual([])
    // Gone on with, it is given as long again.
    expect(at(now - minute, now - 6 * minute).state).toBe('running')
  })

  test('is to be verified once its tasks are replaced', () => {
    const service = on('api', 'db_v2', { updatedAt: now - 1_000 })
    const fresh = aTask({ id: 't', serviceId: 'api', slot: 1, updatedAt: now - 1_000 })
    const plan = followed(underWay(now - minute), {
      state: aState({ services: [service], tasks: [fresh] }),
      now,
      operation: operations({ o: {} }),
    })
    expect(plan).toMatchObject({ state: 'running', step: 'verify' })
  })
})

describe('what it says where it has stopped', () => {
  const failed = { state: 'failed', sentence: 'No.' } as const
  const words = (fields: Partial<RotatedConsumer>) =>
    look(withConsumer({ ...both, state: 'stopped' }, 'api', fields), [
      on('api', 'db_v1'),
      on('web', 'db_v1'),
    ]).sentence

  test('one that was sent nothing did not refuse it', () => {
    expect(words(failed)).toBe('Stopped: api was not given db_v2. api: No.')
    expect(words({ ...failed, operation: 'o' })).toBe(
      'Stopped: api did not take db_v2. api: No.',
    )
  })

  test('that one had not converged before is no fault of the new value', () => {
    expect(words({ ...failed, acknowledged: ['not-converged-before'] })).toContain(
      'It had not converged before this either.',
    )
  })

  test('that it is back on the old one is said once', () => {
    const taken = 'Another change of api took over. api still refers to db_v1.'
    expect(words({ ...failed, applied: true, sentence: taken })).toBe(
      'Stopped: api did not take db_v2. api: Another change of api took over. api refers to db_v1 again.',
    )
  })
})

describe('what others do meanwhile', () => {
  const only = aRotation({ consumers: [aConsumer('web')] })

  test('a change that keeps the new one is watched to its end', () => {
    const changed = on('web', 'db_v2', { specHash: 'scaled since' })
    const plan = look(sent(only, 'web'), [changed], { 'o-web': { state: 'superseded' } })
    expect(plan.consumers[0]).toMatchObject({ state: 'converged', operation: null })
    expect(plan.state).toBe('verified')
  })

  test('a change that brings the old one back is a failure', () => {
    const plan = look(sent(only, 'web'), [on('web', 'db_v1')], {
      'o-web': { state: 'superseded', sentence: 'Another change of web took over.' },
    })
    expect(plan).toMatchObject({ state: 'stopped' })
    expect(plan.consumers[0]?.sentence).toBe(
      'Another change of web took over. web still refers to db_v1.',
    )
  })

  test('a service that is removed, or refers to neither, is nothing to wait for', () => {
    const gone = look(only, [])
    expect(gone.consumers[0]).toMatchObject({
      state: 'superseded',
      sentence: 'web was removed.',
    })
    expect(gone.state).toBe('verified')
    expect(look(only, [on('web', 'mine')]).consumers[0]?.sentence).toBe(
      'web refers to neither db_v1 nor db_v2: nothing is left to update.',
    )
  })

  test('a service that somebody updated to the new one is not updated again', () => {
    const plan = look(only, [on('web', 'db_v2')])
    expect(states(plan)).toEqual(['converged'])
  })

  test('an old one that somebody removed ends it', () => {
    const verified = aRotation({ state: 'verified' })
    const gone = { ...swarm([]), secrets: new Map() }
    expect(followed(verified, { state: gone, now, operation: () => null })).toMatchObject({
      state: 'retired',
      sentence: 'db_v1 is not there any more.',
    })
  })
})

describe('after a restart of the console', () => {
  const only = aRotation({ consumers: [aConsumer('web')] })
  const intended = sending(
    only,
    [{ serviceId: 'web', service: 'web', kind: 'swap' }],
    '2027-01-15T08:00:00.000Z',
  )

  test('what may be about to be sent by another console is left to that', () => {
    const justNow = {
      ...intended.consumers[0],
      sentAt: new Date(now - 19_000).toISOString(),
    }
    const fresh = withConsumer(intended, 'web', justNow)
    const plan = look(fresh, [on('web', 'db_v1')])
    expect(states(plan)).toEqual(['updating'])
    expect(acts(plan, [on('web', 'db_v1')])).toEqual([])
  })

  test('what was sent, and is back on the old one since, is not sent again', () => {
    const watched = look(intended, [on('web', 'db_v2', { update: moving })])
    const plan = look(watched, [on('web', 'db_v1')])
    expect(states(plan)).toEqual(['rolled-back'])
    expect(acts(plan, [on('web', 'db_v1')])).toEqual([])
  })

  test('what was about to be sent, and was not, is sent', () => {
    const later = withConsumer(intended, 'web', {
      sentAt: new Date(now - 20_000).toISOString(),
    })
    const plan = look(later, [on('web', 'db_v1')])
    expect(states(plan)).toEqual(['waiting'])
    expect(acts(plan, [on('web', 'db_v1')])).toEqual(['swap web'])
  })

  test('what was sent without its operation being noted is watched', () => {
    const plan = look(intended, [on('web', 'db_v2', { update: moving })])
    expect(states(plan)).toEqual(['updating'])
    expect(states(look(plan, [on('web', 'db_v2')]))).toEqual(['converged'])
  })

  test('what was paused meanwhile stops it, and says why', () => {
    const half = [on('web', 'db_v2', { update: paused })]
    const plan = look(intended, half)
    expect(states(plan)).toEqual(['failed'])
    expect(plan.state).toBe('stopped')
    expect(plan.sentence).toMatch(/^Stopped: web did not take db_v2\. web: .*task failed/)
    expect(
      rollbackChecks(plan, plan.consumers[0] ?? aConsumer('web'), swarm(half)),
    ).toEqual([])
  })

  test('what the engine never answered is looked for in the spec', () => {
    const plan = sent(only, 'web')
    const lost = { 'o-web': { state: 'unknown' } } as const
    expect(states(look(plan, [on('web', 'db_v2')], lost))).toEqual(['converged'])
    expect(states(look(plan, [on('web', 'db_v1')], lost))).toEqual(['waiting'])
  })
})

test('what is not live, not created or over says nothing new', () => {
  const seen = { state: swarm([], false), now, operation: () => null }
  expect(followed(both, seen)).toBe(both)
  expect(nextActs(both, swarm([on('api', 'db_v1')], false))).toEqual([])
  const early = aRotation({ to: { id: null, name: 'db_v2' } })
  expect(look(early, [])).toBe(early)
  const over = aRotation({ state: 'abandoned', endedAt: '2027-01-15T08:00:00.000Z' })
  expect(look(over, [])).toBe(over)
})
