import type { Preview } from '@skep/shared/contract/preview'
import { describe, expect, test } from 'vitest'
import {
  aClusterVolume,
  aManager,
  aReference,
  aService,
  aSpec,
  aState,
  aStored,
  aTask,
} from './entities.fixture.ts'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { rotationPreview } from './rotation-preview.ts'
import type { Service, Task } from './state.ts'

const now = 1_800_000_000_000
const swapped: Preview = {
  basis: 'b',
  checks: [],
  changes: [],
  restarts: 1,
  sentence: '',
  command: '',
  typed: null,
} as Partial<Preview> as Preview

const web = (fields: Partial<Service> = {}) =>
  aService({
    id: 'web',
    name: 'web',
    mode: { kind: 'replicated', replicas: 1 },
    spec: aSpec({ secrets: [aReference('db_v1')] }),
    hasHealthCheck: true,
    ...fields,
  })

function seen(service: Service, tasks: readonly Task[], known = [aRotation()]) {
  const state = aState({ services: [service], tasks, secrets: [aStored('db_v1')] })
  const old = aStored('db_v1')
  const asked = {
    kind: 'secret',
    old,
    next: 'db_v3',
    together: false,
    windowHours: 1,
  } as const
  const on = { state, memoryAway: null, readOnly: false, now }
  return rotationPreview(asked, [{ service, preview: swapped }], known.slice(1), on)
}

const warnings = (preview: ReturnType<typeof seen>) =>
  preview.checks.filter(({ level }) => level === 'warn').map(({ id }) => id)

const task = aTask({ id: 't', serviceId: 'web', slot: 1 })

test('one that had not converged before is warned of, by its name', () => {
  const broken = seen(web(), [])
  expect(warnings(broken)).toEqual(['web:not-converged-before'])
  expect(broken.checks[0]?.sentence).toMatch(/^web: It has not converged as it is now/)
  const well = seen(web(), [task])
  expect(warnings(well)).toEqual([])
  // In a crash loop it comes and goes: that alone makes no preview outdated.
  expect(broken.basis).toBe(well.basis)
})

test('of a service asked for 0 it is said that nothing will be seen', () => {
  const idle = web({ mode: { kind: 'replicated', replicas: 0 } })
  expect(warnings(seen(idle, []))).toEqual(['web:nothing-runs'])
})

test('what was rotated already is better gone on with', () => {
  const done = aRotation({ state: 'verified', consumers: [aConsumer('api')] })
  const { checks } = seen(web(), [task], [aRotation(), done])
  expect(checks).toContainEqual(
    expect.objectContaining({
      id: 'rotated-already',
      level: 'warn',
      sentence:
        'db_v1 was rotated to db_v2 already: going on with that rotation gives db_v2 to web too; this gives a third value.',
    }),
  )
})

describe('of a secret that the driver of a cluster volume is given', () => {
  const asked = { old: aStored('db_v1'), next: 'db_v2', together: false, windowHours: 1 }
  const checks = (kind: 'secret' | 'config', parts: Parameters<typeof aState>[0]) => {
    const state = aState({ secrets: [aStored('db_v1')], nodes: [aManager()], ...parts })
    const on = { state, memoryAway: null, readOnly: false, now }
    return rotationPreview({ kind, ...asked }, [], [], on).checks
  }
  const volume = aClusterVolume('data', { secrets: [{ key: 'password', secret: 'db_v1' }] })

  test('it is warned that the volume keeps the old one', () => {
    const found = checks('secret', { clusterVolumes: [volume] })
    expect(found.map(({ level, id }) => `${level} ${id}`)).toEqual([
      'warn volume-keeps-old',
      'info no-consumers',
    ])
    expect(found[0]?.sentence).toBe(
      'The driver of the cluster volume data is given db_v1, and a volume cannot be given another: it keeps db_v1, which must stay.',
    )
    expect(checks('config', { clusterVolumes: [volume] })).toMatchObject([
      { id: 'no-consumers' },
    ])
  })

  test('it is noted where that cannot be told', () => {
    expect(checks('secret', { clusterVolumes: null })).toMatchObject([
      { id: 'no-consumers', level: 'info' },
      { id: 'volumes-not-known', level: 'info' },
    ])
  })
})
