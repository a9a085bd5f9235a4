import type { Rotation } from '@skep/shared/contract/rotation'
import { expect, test } from 'vitest'
import { aCheck } from '../preview.fixture.ts'
import { anUpdated, aRotation } from './rotation.fixture.ts'
import { RotationSearch, rotationOpen } from './rotation-open.ts'
import { actsOf, isLapsed, rotationProgress, rotationSteps } from './rotation-steps.ts'

const states = (fields: Parameters<typeof aRotation>[0]) =>
  rotationSteps(aRotation(fields)).map(({ state }) => state)

test('steps are done, under way, stopped or ahead', () => {
  expect(states({ step: 'update' })).toEqual(['done', 'current', 'ahead', 'ahead'])
  expect(states({ step: 'verify', state: 'stopped' })).toEqual([
    'done',
    'done',
    'stopped',
    'ahead',
  ])
  const updating = [anUpdated('api', { state: 'updating' })]
  expect(states({ step: 'verify', consumers: updating })).toEqual([
    'done',
    'current',
    'current',
    'ahead',
  ])
  // Nothing is under way there: the old version is removed by hand.
  expect(states({ step: 'retire', state: 'verified' }).at(-1)).toBe('waits')
  expect(states({ step: 'retire', state: 'retired' })).toEqual(Array(4).fill('done'))
})

const acts = (fields: Parameters<typeof aRotation>[0]) =>
  actsOf(aRotation(fields)).map(({ asked }) => asked.act)

/** One that failed with the new object, and can be rolled back. */
const aFailure = (service: string) =>
  anUpdated(service, { state: 'failed', rollbackChecks: [] })

test('what can be done depends on how it stands', () => {
  expect(acts({ state: 'running' })).toEqual(['abandon'])
  expect(acts({ state: 'stopped', consumers: [aFailure('api')] })).toEqual([
    'rollback',
    'resume',
    'abandon',
  ])
  expect(acts({ state: 'stopped' })).toEqual(['resume', 'abandon'])
  const back = [anUpdated('api', { state: 'rolled-back' })]
  expect(acts({ state: 'stopped', consumers: back })).toEqual(['abandon', 'resume'])
  // It was never sent the new one: there is nothing to roll back.
  const unsent = [anUpdated('api', { state: 'failed' })]
  expect(acts({ state: 'stopped', consumers: unsent })).toEqual(['resume', 'abandon'])
  expect(acts({ state: 'verified' })).toEqual(['retire', 'abandon'])
  // It failed after it had converged.
  expect(acts({ state: 'verified', consumers: [aFailure('api')] })).toEqual([
    'rollback',
    'retire',
    'abandon',
  ])
  expect(acts({ state: 'retired' })).toEqual([])
})

test('each one that failed has a button of its own that rolls it back', () => {
  const consumers = [
    anUpdated('web', { state: 'converged' }),
    aFailure('api'),
    aFailure('worker'),
  ]
  const offers = actsOf(aRotation({ state: 'stopped', consumers }))
  expect(offers.map(({ button }) => button)).toEqual([
    'Roll back api',
    'Roll back worker',
    'Go on',
    'Leave it as it is',
  ])
  expect(offers[0]).toMatchObject({
    asked: { act: 'rollback', service: 'api' },
    means: 'Gives api db_password_v6 again. The others are left as they are.',
    refusal: null,
  })
  expect(offers[2]?.means).toBe(
    'Tries db_password_v7 once more on api, worker; it holds what it held.',
  )
})

test('one that was verified is gone on with where a service refers to the old one', () => {
  const check = {
    ...aCheck('still-referred-to', 'block', 'The spec of late refers to it.'),
    subjects: [{ kind: 'service' as const, name: 'late' }],
  }
  const [first, ...others] = actsOf(aRotation({ state: 'verified', retire: [check] }))
  expect(first).toMatchObject({
    asked: { act: 'resume' },
    means: 'Gives db_password_v7 to late too, which refers to db_password_v6.',
    refusal: null,
  })
  expect(others.map(({ asked }) => asked.act)).toEqual(['retire', 'abandon'])
})

test('one that was verified is so no more where a service went back', () => {
  const back = [anUpdated('api', { state: 'rolled-back' })]
  expect(isLapsed(aRotation({ state: 'verified', consumers: back }))).toBe(true)
  expect(isLapsed(aRotation({ state: 'stopped', consumers: back }))).toBe(false)
  const well = [anUpdated('api', { state: 'converged' })]
  expect(isLapsed(aRotation({ state: 'verified', consumers: well }))).toBe(false)
})

test('what is blocked says why', () => {
  const sentence = 'api was changed since.'
  const check = aCheck('target-is-another', 'block', sentence)
  const failed = anUpdated('api', { state: 'failed', rollbackChecks: [check] })
  const refusals = (fields: Parameters<typeof aRotation>[0]) =>
    actsOf(aRotation(fields)).map(({ refusal }) => refusal)
  expect(refusals({ state: 'stopped', consumers: [failed] })).toEqual([
    sentence,
    null,
    null,
  ])
  expect(refusals({ state: 'verified', retire: [check] })).toEqual([
    'It is blocked, as said above.',
    null,
  ])
  expect(refusals({ state: 'verified', retire: [{ ...check, level: 'warn' }] })).toEqual([
    null,
    null,
  ])
  const never = { id: null, name: 'db_password_v7' }
  expect(refusals({ state: 'stopped', to: never })).toEqual([
    'db_password_v7 was never created: rotate db_password_v6 again.',
    null,
  ])
})

test('to go on says whom it tries again, and who comes after', () => {
  const means = (...consumers: Rotation['consumers']) =>
    actsOf(aRotation({ state: 'stopped', consumers })).find(
      ({ asked }) => asked.act === 'resume',
    )?.means
  const web = anUpdated('web', { state: 'waiting' })
  expect(means(web, anUpdated('gone', { state: 'superseded' }))).toBe(
    'Goes on with 1 service that does not run with db_password_v7 yet.',
  )
  expect(means(anUpdated('api', { state: 'rolled-back' }), web)).toBe(
    'Tries db_password_v7 once more on api; it holds what it held. Then goes on with 1 service that does not run with db_password_v7 yet.',
  )
})

test.each([
  [{}, null],
  [{ do: 'resume' }, { act: 'resume' }],
  [{ do: 'retire', service: 'api' }, { act: 'retire' }],
  [
    { do: 'rollback', service: 'api' },
    { act: 'rollback', service: 'api' },
  ],
  [{ do: 'rollback' }, null],
  [{ do: 'abandon' }, null],
])('the address %j opens %j', (search, open) => {
  expect(rotationOpen(RotationSearch.parse(search))).toEqual(open)
})

test('progress is counted, never guessed', () => {
  expect(rotationProgress(aRotation({}))).toBe('1 of 2 services converged')
  expect(rotationProgress(aRotation({ consumers: [] }))).toBe('no service to update')
})
