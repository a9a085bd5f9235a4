import type { Rotation } from '@skep/shared/contract/rotation'
import { expect, test } from 'vitest'
import { anUpdated, aRotation } from './rotation.fixture.ts'
import { actsOf, rotationProgress, rotationSteps } from './rotation-steps.ts'

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
  expect(states({ step: 'retire', state: 'verified' }).at(-1)).toBe('current')
  expect(states({ step: 'retire', state: 'retired' })).toEqual(Array(4).fill('done'))
})

const acts = (fields: Parameters<typeof aRotation>[0]) =>
  actsOf(aRotation(fields)).map(({ act }) => act)

test('what can be done depends on how it stands', () => {
  const failed = [anUpdated('api', { state: 'failed' })]
  expect(acts({ state: 'running' })).toEqual(['abandon'])
  expect(acts({ state: 'stopped', consumers: failed })).toEqual([
    'rollback',
    'resume',
    'abandon',
  ])
  expect(acts({ state: 'stopped' })).toEqual(['resume', 'abandon'])
  const back = [anUpdated('api', { state: 'rolled-back' })]
  expect(acts({ state: 'stopped', consumers: back })).toEqual(['abandon', 'resume'])
  expect(acts({ state: 'verified' })).toEqual(['retire', 'abandon'])
  expect(acts({ state: 'retired' })).toEqual([])
})

test('the one that failed is named on the button that rolls it back', () => {
  const consumers = [
    anUpdated('web', { state: 'converged' }),
    anUpdated('api', { state: 'failed' }),
  ]
  const [rollback, resume] = actsOf(aRotation({ state: 'stopped', consumers }))
  expect(rollback?.button).toBe('Roll back api')
  expect(rollback?.means).toBe(
    'Gives api db_password_v6 again. The others are left as they are.',
  )
  expect(resume?.means).toBe(
    'Tries db_password_v7 once more on api; it holds what it held.',
  )
})

test('to go on says whom it tries again, and who comes after', () => {
  const means = (...consumers: Rotation['consumers']) =>
    actsOf(aRotation({ state: 'stopped', consumers })).find(({ act }) => act === 'resume')
      ?.means
  const web = anUpdated('web', { state: 'waiting' })
  expect(means(web)).toBe(
    'Goes on with 1 service that does not run with db_password_v7 yet.',
  )
  expect(means(anUpdated('api', { state: 'rolled-back' }), web)).toBe(
    'Tries db_password_v7 once more on api; it holds what it held. Then goes on with 1 service that does not run with db_password_v7 yet.',
  )
})

test('progress is counted, never guessed', () => {
  expect(rotationProgress(aRotation({}))).toBe('1 of 2 services converged')
  expect(rotationProgress(aRotation({ consumers: [] }))).toBe('no service to update')
})
