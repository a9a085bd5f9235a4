import type { Check, Preview } from '@skep/shared/contract/preview'
import { RotationPreview } from '@skep/shared/contract/rotation'
import { expect, test } from 'vitest'
import { aService, aState } from './entities.fixture.ts'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { standsAgainstConsent } from './rotation-preview.ts'
import type { RotationRecord } from './rotation-record.ts'
import { goneOnWith, notResumable, type Onward, resumePreview } from './rotation-resume.ts'

const on = { state: aState({}), memoryAway: null, readOnly: false, now: 1_800_000_000_000 }

const aCheck = (id: string, level: Check['level'] = 'warn'): Check => ({
  id,
  level,
  sentence: `About ${id}.`,
  subjects: [],
})

const aPreview = (service: string, fields: Partial<Preview> = {}): Preview => ({
  kind: 'swap',
  service,
  asOf: '2027-01-15T08:00:00.000Z',
  basis: `basis of ${service}`,
  title: `Swap in ${service}`,
  sentence: `${service} finds db_v2 at /run/secrets/db.`,
  button: '',
  restarts: 2,
  starts: 0,
  stops: 0,
  changes: [],
  from: null,
  to: null,
  afterwards: null,
  checks: [],
  command: `docker service update ${service}`,
  typed: null,
  ...fields,
})

const sent = (
  name: string,
  kind: 'swap' | 'resume' = 'swap',
  fields: Partial<Preview> = {},
): Onward => ({
  act: { serviceId: name, service: name, kind },
  service: aService({ id: name, name }),
  preview: aPreview(name, fields),
})

const stopped = (...consumers: RotationRecord['consumers']) =>
  aRotation({ state: 'stopped', consumers })

test.each([
  {
    what: 'one that is paused half way',
    plan: stopped(aConsumer('api', { state: 'failed', applied: true })),
    onward: [sent('api', 'resume')],
    says: 'The paused update of api to db_v2 goes on.',
    button: 'Go on, update 1 service (restarts 2)',
  },
  {
    what: 'one that gave it back, and those that come after it',
    plan: stopped(
      aConsumer('api', { state: 'rolled-back', applied: true }),
      aConsumer('web'),
      aConsumer('worker'),
    ),
    onward: [sent('api'), sent('web'), sent('worker')],
    says: 'db_v2 is given once more to api, which did not take it. db_v2 is given to web and worker in place of db_v1. One after another: the first that fails stops the rest.',
    button: 'Go on, update 3 services (restarts 6)',
  },
  {
    what: 'one that was never sent it',
    plan: { ...stopped(aConsumer('api', { state: 'failed' })), together: true },
    onward: [sent('api'), sent('web')],
    says: 'db_v2 is given to api and web in place of db_v1. All at the same time.',
    button: 'Go on, update 2 services (restarts 4)',
  },
  {
    what: 'none',
    plan: stopped(),
    onward: [],
    says: 'No service is left to be sent db_v2.',
    button: 'Go on',
  },
])('to go on with $what says so', ({ plan, onward, says, button }) => {
  const preview = resumePreview(plan, onward, on)
  expect(preview).toMatchObject({ sentence: says, button, typed: null })
  expect(preview.consumers.map(({ service }) => service)).toEqual(
    onward.map(({ act }) => act.service),
  )
  expect(RotationPreview.parse(preview)).toEqual(preview)
})

test('a warning that was ticked for this consumer is told, and another is to be ticked', () => {
  const plan = stopped(
    aConsumer('api', { acknowledged: ['known'] }),
    aConsumer('web', { acknowledged: [] }),
  )
  const checks = [aCheck('known'), aCheck('new'), aCheck('gone', 'block')]
  const found = resumePreview(
    plan,
    [sent('api', 'swap', { checks }), sent('web', 'swap', { checks: [aCheck('known')] })],
    on,
  )
  expect(found.checks.map(({ id, level }) => `${level} ${id}`)).toEqual([
    'block api:gone',
    'warn api:new',
    'warn web:known',
    'info api:known',
  ])
  const { consumers, state } = goneOnWith(plan, ['api:new', 'web:known'])
  expect(state).toBe('running')
  expect(consumers.map(({ acknowledged }) => acknowledged)).toEqual([
    ['known', 'new'],
    ['known'],
  ])
})

test('that data may be lost is to be ticked each time, for its name is to be typed', () => {
  const plan = stopped(aConsumer('db', { acknowledged: ['known', 'data-lost'] }))
  const checks = [aCheck('known'), aCheck('data-lost')]
  const found = resumePreview(plan, [sent('db', 'swap', { checks, typed: 'db' })], on)
  expect(found.typed).toBe('db_v1')
  expect(found.checks.map(({ id, level }) => `${level} ${id}`)).toEqual([
    'warn db:data-lost',
    'info db:known',
  ])
})

test('what would be sent is part of the basis, and so is what was ticked before', () => {
  const basisOf = (plan: RotationRecord, ...onward: Onward[]) =>
    resumePreview(plan, onward, on).basis
  const plan = stopped(aConsumer('api'))
  const warned = { checks: [aCheck('new')] }
  const bases = [
    basisOf(plan, sent('api')),
    basisOf(plan, sent('api', 'resume')),
    basisOf(plan, sent('api', 'swap', { basis: 'moved' })),
    basisOf(plan, sent('api', 'swap', warned)),
    basisOf(
      stopped(aConsumer('api', { acknowledged: ['new'] })),
      sent('api', 'swap', warned),
    ),
    basisOf(plan, sent('api'), sent('web')),
  ]
  expect(new Set(bases).size).toBe(bases.length)
  expect(basisOf(plan, sent('api'))).toBe(bases[0])
})

test('a name that one of the updates asks for is typed once, for all', () => {
  const plan = stopped(aConsumer('api'), aConsumer('db'))
  const preview = resumePreview(
    plan,
    [sent('api'), sent('db', 'swap', { typed: 'db' })],
    on,
  )
  expect(preview.typed).toBe('db_v1')
  const against = (typed?: string) =>
    standsAgainstConsent(preview, {
      acknowledged: [],
      ...(typed !== undefined && { typed }),
    }).map(({ id }) => id)
  expect(against()).toEqual(['typed-name-missing'])
  expect(against('db')).toEqual(['typed-name-missing'])
  expect(against('db_v1')).toEqual([])
})

test('what stands against any command stands against this one, once', () => {
  const away = { ...on, readOnly: true, memoryAway: 'The database is away.' }
  const checks = [aCheck('read-only', 'block'), aCheck('memory-away', 'block')]
  const found = resumePreview(
    stopped(aConsumer('api')),
    [sent('api', 'swap', { checks })],
    away,
  )
  expect(found.checks.map(({ id }) => id)).toEqual(['read-only', 'memory-away'])
})

test('one that runs, or whose value never arrived, is not gone on with', () => {
  expect(notResumable(aRotation())).toBe('It is not stopped.')
  const lost = aRotation({
    state: 'stopped',
    to: { id: null, name: 'db_v2' },
    sentence: 'The value never arrived.',
  })
  expect(notResumable(lost)).toBe('The value never arrived.')
  expect(notResumable(stopped())).toBeNull()
})
