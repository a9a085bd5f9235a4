import { aNode, aService } from '@skep/shared/contract/cluster.fixture'
import type { Service } from '@skep/shared/contract/service'
import { expect, test } from 'vitest'
import { aNodePreview, aTask } from '../preview.fixture.ts'
import { type MaintenancePlan, servicesToStop } from './plan.ts'
import { planSteps } from './plan-steps.ts'

const plan: MaintenancePlan = {
  node: 'w1',
  startedAt: '2026-11-21T14:02:31.000Z',
  services: [{ name: 'pg', replicas: 1, backup: null }],
  workDone: false,
  verified: [],
}
const active = aNode({})
const drained = aNode({ availability: 'drain', status: 'drained' })
const pg = (desired: number, running: number): Service => {
  const { convergence } = aService({})
  const verdict = desired === running ? 'converged' : 'converging'
  return aService({
    name: 'pg',
    desired,
    running,
    convergence: { ...convergence, verdict },
  })
}
const current = (plan: MaintenancePlan, node: typeof active, service: Service | null) =>
  planSteps(plan, { node, services: service ? { pg: service } : {} }).find(
    ({ state }) => state === 'current',
  )?.kind ?? 'done'

const worked = { ...plan, workDone: true }
const looked = { ...worked, verified: ['pg'] }

test.each([
  { at: 'stop', plan, node: active, service: pg(1, 1) },
  { at: 'stop', plan, node: active, service: pg(0, 1) },
  { at: 'drain', plan, node: active, service: pg(0, 0) },
  { at: 'work', plan, node: drained, service: pg(0, 0) },
  { at: 'activate', plan: worked, node: drained, service: pg(0, 0) },
  { at: 'bring-back', plan: worked, node: active, service: pg(0, 0) },
  { at: 'verify', plan: worked, node: active, service: pg(1, 0) },
  { at: 'verify', plan: worked, node: active, service: pg(1, 1) },
  { at: 'verify', plan: looked, node: active, service: pg(1, 0) },
  { at: 'done', plan: looked, node: active, service: pg(1, 1) },
  { at: 'drain', plan, node: active, service: null },
])('it stands at: $at', ({ at, plan, node, service }) => {
  expect(current(plan, node, service)).toBe(at)
})

test('a node that is drained again after its work is to be activated again', () => {
  expect(current(looked, drained, pg(1, 1))).toBe('activate')
})

test('what is stopped first: what has data that is at risk or would be down, if it has a scale', () => {
  const services = {
    pg: aService({ name: 'pg', desired: 1 }),
    api: aService({ name: 'api', desired: 2 }),
    agent: aService({ name: 'agent', mode: 'global' }),
    web: aService({ name: 'web', desired: 9 }),
    plain: aService({ name: 'plain', desired: 1 }),
  }
  const dip = {
    class: 'durable-single',
    running: 2,
    desired: 2,
    settles: 2,
    sentence: '',
    backup: '2026-11-21T02:00:00.000Z',
    drill: null,
  } as const
  const preview = aNodePreview({
    tasks: [
      aTask(1, { service: 'pg', data: 'starts-empty' }),
      aTask(1, { service: 'agent', data: 'unknown' }),
      aTask(1),
    ],
    services: [
      { ...dip, service: 'api', lowest: 0 },
      { ...dip, service: 'web', lowest: 8 },
      { ...dip, service: 'plain', class: 'stateless', lowest: 0 },
    ],
  })
  expect(servicesToStop(preview, services)).toEqual([
    { name: 'api', replicas: 2, backup: dip.backup },
    { name: 'pg', replicas: 1, backup: null },
  ])
  expect(servicesToStop({ ...preview, kind: 'pause' }, services)).toEqual([])
})
