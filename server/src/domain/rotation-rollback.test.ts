import { expect, test } from 'vitest'
import { aPrevious, aReference, aService, aSpec, aState } from './entities.fixture.ts'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { rollbackChecks } from './rotation-rollback.ts'
import type { Service } from './state.ts'

const secret = (id: string) => ({ secrets: [aReference(id)] })
const api = (fields: Partial<Service> = {}) =>
  aService({
    id: 'api',
    name: 'api',
    spec: aSpec(secret('db_v2')),
    previous: aPrevious(secret('db_v1')),
    ...fields,
  })
const failed = aConsumer('api', { state: 'failed' })
const plan = aRotation({ state: 'stopped', consumers: [failed] })

const found = (service: Service | null, one = failed, of = plan) =>
  rollbackChecks(of, one, aState({ services: service ? [service] : [] }))

test('nothing of this stands against one that failed with the new one', () => {
  expect(found(api())).toEqual([])
  const configs = { configs: [aReference('db_v2')] }
  const previous = aPrevious({ configs: [aReference('db_v1')] })
  const service = api({ spec: aSpec(configs), previous })
  expect(found(service, failed, { ...plan, kind: 'config' })).toEqual([])
})

test.each([
  ['resumes-paused-update', 'target-never-rolled-out', 'was paused'],
  ['update-in-progress', 'target-never-rolled-out', 'was under way'],
  ['not-converged-before', 'target-had-not-converged', 'had not converged either'],
])('a target of which %s was known is a warning', (acknowledged, id, words) => {
  const one = aConsumer('api', { state: 'failed', acknowledged: [acknowledged] })
  expect(found(api(), one)).toEqual([
    expect.objectContaining({
      id,
      level: 'warn',
      sentence: expect.stringContaining(words),
    }),
  ])
})

test.each([
  ['is gone', null, failed, plan],
  ['still refers to the old one', api({ spec: aSpec(secret('db_v1')) }), failed, plan],
  ['refers to neither', api({ spec: aSpec() }), failed, plan],
  ['converged', api(), aConsumer('api', { state: 'converged' }), plan],
  ['was rolled back', api(), aConsumer('api', { state: 'rolled-back' }), plan],
  ['is of a rotation that is over', api(), failed, { ...plan, endedAt: 'then' }],
])('one that %s has nothing to undo', (_what, service, one, of) => {
  expect(found(service, one, of)).toBeNull()
})

test.each([
  ['refers to the new one too', aPrevious(secret('db_v2'))],
  ['refers to another', aPrevious(secret('db_v0'))],
  ['is not known', null],
])('a target that %s is not where it leads', (_what, previous) => {
  expect(found(api({ previous }))).toEqual([
    {
      id: 'target-is-another',
      level: 'block',
      sentence: 'api was changed since: rolled back, it would not refer to db_v1.',
      subjects: [{ kind: 'service', name: 'api' }],
    },
  ])
})
