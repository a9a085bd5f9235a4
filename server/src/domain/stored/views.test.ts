import { Stored } from '@skep/shared/contract/stored'
import { describe, expect, test } from 'vitest'
import { aClusterVolume, aManager, aState, aStored, aTask } from '../entities.fixture.ts'
import { aConsumer } from './stored.fixture.ts'
import { familyMembers, storedViews } from './views.ts'

const day = 86_400_000
const now = 1_800_000_000_000

const flagsOf = (
  parts: Parameters<typeof aState>[0],
  kind: 'secret' | 'config' = 'secret',
) =>
  Object.fromEntries(
    storedViews(kind, aState(parts), now).map((one) => [one.name, one.flags]),
  )

test('a secret that the driver of a cluster volume is given is not used by nobody', () => {
  const clusterVolumes = [
    aClusterVolume('b', { secrets: [{ key: 'password', secret: 'pw' }] }),
    aClusterVolume('a', { secrets: [{ key: 'token', secret: 'pw' }] }),
  ]
  const parts = { secrets: [aStored('pw')], clusterVolumes }
  expect(storedViews('secret', aState(parts), now)).toMatchObject([
    {
      consumers: [],
      volumes: [
        { volume: 'a', key: 'token' },
        { volume: 'b', key: 'password' },
      ],
      flags: [],
    },
  ])
  const services = [aConsumer('web', { before: { secrets: ['pw'] } })]
  expect(flagsOf({ ...parts, services })).toEqual({ pw: [] })
  expect(
    flagsOf({ configs: [aStored('pw', { bytes: 1 })], clusterVolumes }, 'config'),
  ).toEqual({ pw: ['unused'] })
})

test('where cluster volumes are not known, no secret is said to be used by nobody', () => {
  const services = [aConsumer('web', { before: { secrets: ['pw_v2'] } })]
  const secrets = [aStored('pw_v1'), aStored('pw_v2')]
  const nodes = [aManager({ engineVersion: '28.5.2' })]
  const unknown = { secrets, services, nodes, clusterVolumes: null }
  expect(flagsOf(unknown)).toEqual({ pw_v1: ['old-version'], pw_v2: [] })
  const known = { pw_v1: ['unused', 'old-version'], pw_v2: ['only-rollback'] }
  expect(flagsOf({ ...unknown, clusterVolumes: [] })).toEqual(known)
  const old = [aManager({ engineVersion: '20.10.24' })]
  expect(flagsOf({ ...unknown, nodes: old })).toEqual(known)
  const configs = [aStored('conf', { bytes: 1 })]
  expect(flagsOf({ ...unknown, configs }, 'config')).toEqual({ conf: ['unused'] })
})

test('all of a kind, by name, as the contract has them', () => {
  const state = aState({
    secrets: [aStored('pw_v2', { stack: 'shop' }), aStored('key'), aStored('pw_v1')],
    configs: [aStored('conf', { bytes: 12 })],
    services: [aConsumer('web', { secrets: ['pw_v2'] })],
  })
  const views = storedViews('secret', state, now)
  expect(views.map((view) => Stored.parse(view))).toEqual(views)
  expect(
    views.map(({ name, family, version, newest }) => [name, family, version, newest]),
  ).toEqual([
    ['key', 'key', null, true],
    ['pw_v1', 'pw', 'v1', false],
    ['pw_v2', 'pw', 'v2', true],
  ])
  expect(views[2]).toMatchObject({
    kind: 'secret',
    stack: 'shop',
    bytes: null,
    consumers: [{ service: 'web', roles: ['current'] }],
  })
  expect(storedViews('config', state, now).map(({ name }) => name)).toEqual(['conf'])
})

describe('the flags', () => {
  test('unused, and old', () => {
    const secrets = [aStored('pw_v1'), aStored('pw_v2')]
    expect(flagsOf({ secrets })).toEqual({
      pw_v1: ['unused', 'old-version'],
      pw_v2: ['unused'],
    })
  })

  test('kept by a rollback target only', () => {
    const services = [aConsumer('web', { before: { secrets: ['pw'] } })]
    expect(flagsOf({ secrets: [aStored('pw')], services })).toEqual({
      pw: ['only-rollback'],
    })
  })

  test('a task from an older spec is a use of its own', () => {
    const services = [aConsumer('web', { before: { secrets: ['pw'] } })]
    const tasks = [aTask({ serviceId: 'web', storedIds: ['pw'] })]
    expect(flagsOf({ secrets: [aStored('pw')], services, tasks })).toEqual({ pw: [] })
  })

  test.each([
    [5, []],
    [6, ['shared-widely']],
  ])('shared by %i services', (count, flags) => {
    const services = Array.from({ length: count }, (_, i) =>
      aConsumer(`w${i}`, { secrets: ['pw'] }),
    )
    const idle = aConsumer('idle', { before: { secrets: ['pw'] } })
    expect(flagsOf({ secrets: [aStored('pw')], services: [...services, idle] })).toEqual({
      pw: flags,
    })
  })

  test('a config that holds what looks like a credential', () => {
    const configs = [aStored('conf', { credentialLike: true, bytes: 1 })]
    const services = [aConsumer('web', { configs: ['conf'] })]
    expect(flagsOf({ configs, services }, 'config')).toEqual({ conf: ['credential-like'] })
  })

  test.each([
    ['90', 91, true],
    ['90', 89, false],
    [' 0.5 ', 1, true],
    ['soon', 9_999, false],
    ['', 9_999, false],
    ['-1', 9_999, false],
  ])('rotation-days %j at an age of %i days: %s', (label, age, isDue) => {
    const secrets = [
      aStored('pw', { labels: { 'rotation-days': label }, createdAt: now - age * day }),
    ]
    expect(flagsOf({ secrets })).toEqual({
      pw: isDue ? ['unused', 'rotation-due'] : ['unused'],
    })
  })

  test('an older version is due as long as a spec names it', () => {
    const labels = { 'rotation-days': '1' }
    const secrets = [aStored('pw_v1', { labels }), aStored('pw_v2', { createdAt: now })]
    const dueFor = (uses: Parameters<typeof aConsumer>[1]) =>
      flagsOf({ secrets, services: [aConsumer('web', uses)] }).pw_v1?.includes(
        'rotation-due',
      )
    expect(dueFor({ secrets: ['pw_v1'] })).toBe(true)
    expect(dueFor({ before: { secrets: ['pw_v1'] } })).toBe(false)
  })

  test('what was replaced is not due any more', () => {
    const labels = { 'rotation-days': '1' }
    const secrets = [aStored('pw_v1', { labels }), aStored('pw_v2', { createdAt: now })]
    expect(flagsOf({ secrets }).pw_v1).not.toContain('rotation-due')
  })
})

test('a label that gives a credential away is masked', () => {
  const secrets = [aStored('pw', { labels: { owner: 'team', 'old-password': 'hunter2' } })]
  const [view] = storedViews('secret', aState({ secrets }), now)
  expect(view?.labels).toEqual({ owner: 'team', 'old-password': '•••' })
})

test('a family is of one kind, newest first', () => {
  const state = aState({
    secrets: [aStored('pw'), aStored('pw_v10'), aStored('pw_v9'), aStored('other')],
    configs: [aStored('pw_v11')],
  })
  expect(familyMembers('secret', 'pw', state).map(({ name }) => name)).toEqual([
    'pw_v10',
    'pw_v9',
    'pw',
  ])
})
