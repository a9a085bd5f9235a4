import { Rotation } from '@skep/shared/contract/rotation'
import { expect, test } from 'vitest'
import {
  aClusterVolume,
  aPrevious,
  aReference,
  aService,
  aSpec,
  aState,
  aStored,
  aTask,
} from './entities.fixture.ts'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { retireChecks, rotationView } from './rotation-retire.ts'
import type { Service } from './state.ts'
import { removalPreview } from './stored/removal.ts'

const now = 1_800_000_000_000
const open = new Date(now + 1_000).toISOString()
const closed = new Date(now).toISOString()
const verified = (retireFrom: string) =>
  aRotation({
    state: 'verified',
    step: 'retire',
    sentence: 'Verified.',
    verifiedAt: closed,
    retireFrom,
    consumers: [aConsumer('web', { state: 'converged', acknowledged: ['x'] })],
  })

const refersTo = (id: string) => aSpec({ secrets: [aReference(id)] })
const web = (fields: Partial<Service>) =>
  aService({ id: 'web', name: 'web', spec: refersTo('db_v2'), ...fields })

const rollbackTarget = { previous: aPrevious({ secrets: [aReference('db_v1')] }) }
const swarm = (fields: Partial<Service>, holds = 'db_v2', desired = 'running' as const) =>
  aState({
    secrets: [aStored('db_v1'), aStored('db_v2')],
    services: [web(fields)],
    tasks: [aTask({ serviceId: 'web', storedIds: [holds], desired })],
  })

const levels = (checks: ReturnType<typeof retireChecks>) =>
  checks.map(({ level, id }) => `${level} ${id}`)

const crashed = [1, 2, 3].map((i) =>
  aTask({
    id: `crash-${i}`,
    serviceId: 'web',
    state: 'failed',
    desired: 'shutdown',
    error: 'task: non-zero exit (1)',
    createdAt: now - i * 10_000 - 5_000,
    updatedAt: now - i * 10_000,
  }),
)
/** With the new one, and in a crash loop. */
const crashing = aState({
  secrets: [aStored('db_v1'), aStored('db_v2')],
  services: [web({ mode: { kind: 'replicated', replicas: 1 } })],
  tasks: crashed,
})
/** Somebody removed the new one at a shell. */
const bereft = aState({ secrets: [aStored('db_v1')] })

test.each([
  ['nothing', closed, swarm({}), []],
  ['a service that crashes with the new one', closed, crashing, ['warn not-as-asked']],
  ['that the new one is gone', closed, bereft, ['block successor-gone']],
  ['the open window', open, swarm({}), ['warn rollback-window-open']],
  ['a spec', closed, swarm({ spec: refersTo('db_v1') }), ['block still-referred-to']],
  ['an older task', closed, swarm({}, 'db_v1'), ['block held-by-older-task']],
  [
    'a rollback target, and the open window',
    open,
    swarm(rollbackTarget),
    ['block held-by-rollback-target', 'warn rollback-window-open'],
  ],
])('%s stands against a removal', (_what, until, state, is) => {
  expect(levels(retireChecks(verified(until), state, now))).toEqual(is)
})

test.each([
  ['nothing', verified(closed), swarm({})],
  ['the open window', verified(open), swarm({})],
  ['a spec', verified(closed), swarm({ spec: refersTo('db_v1') })],
  ['an older task', verified(closed), swarm({}, 'db_v1')],
  ['a rollback target', verified(closed), swarm(rollbackTarget)],
  ['a service yet to converge', aRotation(), swarm({})],
  ['a service that crashes with the new one', verified(closed), crashing],
  ['that the new one is gone', verified(closed), bereft],
])(
  'the removal itself is blocked where this is, and warned of: %s',
  (_what, plan, state) => {
    const on = { state, memoryAway: null, readOnly: false, now, rotations: [plan] }
    const { checks = [] } = removalPreview('secret', 'db_v1', on) ?? {}
    const own = retireChecks(plan, state, now)
    for (const level of ['block', 'warn'] as const) {
      const has = (some: typeof own) => some.some((check) => check.level === level)
      expect(has(own), level).toBe(has([...checks]))
    }
  },
)

test('the driver of a cluster volume needs it for good', () => {
  const secrets = [{ key: 'password', secret: 'db_v1' }]
  const volume = aClusterVolume('data', { secrets })
  const state = { ...swarm({}), clusterVolumes: new Map([['data', volume]]) }
  expect(levels(retireChecks(verified(closed), state, now))).toEqual([
    'block in-use-by-volume:db_v1',
  ])
})

test('before all have converged nothing is removed, nor while the swarm is away', () => {
  expect(levels(retireChecks(aRotation(), swarm({}), now))).toEqual(['block not-verified'])
  const away = aState({ swarm: { state: 'no-quorum' } })
  expect(levels(retireChecks(verified(closed), away, now))).toEqual([
    'block swarm-not-live',
  ])
})

test('the window closes by the clock of the console', () => {
  const { swarm: facts, ...rest } = swarm({})
  const ahead = { ...rest, swarm: { ...facts, clockAhead: 5_000 } }
  expect(levels(retireChecks(verified(open), ahead, now + 5_000))).toEqual([
    'warn rollback-window-open',
  ])
})

test('the view says what frees the old one, and tells nothing but the contract', () => {
  const held = rotationView(verified(closed), swarm(rollbackTarget), now)
  expect(held.sentence).toBe(
    'Verified. db_v1 stays for now. A rollback of web would bring back db_v1. The next update of each, whatever it changes, frees it: from then on a rollback returns to a spec with db_v2.',
  )
  expect(Rotation.parse(held)).toEqual(held)
  expect(rotationView(verified(closed), swarm({}), now).sentence).toBe(
    'Verified. Nothing needs db_v1 any more: it can be removed.',
  )
})

test('of a service that crashes with the new one it is not said that this is why', () => {
  const { sentence } = rotationView(verified(closed), crashing, now)
  expect(sentence).toBe(
    'Verified. db_v1 stays for now. web has db_v2, and is not as asked for now. web: 0 of 1 running, 1 not replaced: task: non-zero exit (1). Whether db_v2 is the reason cannot be told, and without db_v1 nobody can go back.',
  )
})
