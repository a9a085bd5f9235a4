import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aReference, aService, aState, aTask } from '../entities.fixture.ts'
import { consumersOf, targetOf } from './consumers.ts'
import { aConsumer } from './stored.fixture.ts'

test('nobody uses anything in an empty swarm', () => {
  expect(consumersOf(aState({})).size).toBe(0)
})

test('a use by the spec of now, with its mount', () => {
  const secret = aReference('s1', { target: 'pw', uid: '7', gid: '8', mode: 0o400 })
  const web = aConsumer('web', { secrets: [secret], user: '7' }, { stack: 'shop' })
  const tasks = [
    aTask({ id: 'a', serviceId: 'web', storedIds: ['s1'] }),
    aTask({ id: 'b', serviceId: 'web', storedIds: ['s1'], state: 'failed' }),
  ]
  expect(consumersOf(aState({ services: [web], tasks })).get('s1')).toEqual([
    {
      service: 'web',
      stack: 'shop',
      roles: ['current'],
      tasks: 1,
      mounts: [
        { target: '/run/secrets/pw', uid: '7', gid: '8', mode: '0400', finding: null },
      ],
    },
  ])
})

describe('the roles', () => {
  const rolesOf = (id: string, ...parts: Parameters<typeof aState>) =>
    consumersOf(aState(...parts))
      .get(id)
      ?.map(({ service, roles, tasks }) => [service, ...roles, tasks])

  test('a task from an older spec', () => {
    const services = [aConsumer('web', { secrets: ['s2'] })]
    const task = aTask({ serviceId: 'web', storedIds: ['s1'] })
    expect(rolesOf('s1', { services, tasks: [task] })).toEqual([['web', 'older-task', 1]])
  })

  test('a task that is on its way out still has it', () => {
    const task = aTask({ serviceId: 'web', storedIds: ['s1'], desired: 'shutdown' })
    const services = [aConsumer('web')]
    expect(rolesOf('s1', { services, tasks: [task] })).toEqual([['web', 'older-task', 1]])
  })

  test('a task on a node that is down may still have it', () => {
    const task = aTask({ serviceId: 'web', nodeId: 'gone', storedIds: ['s1'] })
    const services = [aConsumer('web')]
    expect(rolesOf('s1', { services, tasks: [task] })).toEqual([['web', 'older-task', 1]])
  })

  test('a task that is over has nothing', () => {
    const task = aTask({ serviceId: 'web', storedIds: ['s1'], state: 'shutdown' })
    expect(rolesOf('s1', { services: [aConsumer('web')], tasks: [task] })).toBeUndefined()
  })

  test('a task that is meant to start has it', () => {
    const services = [aConsumer('web', { configs: ['c1'] })]
    const task = aTask({ serviceId: 'web', storedIds: ['c1'], state: 'pending' })
    expect(rolesOf('c1', { services, tasks: [task] })).toEqual([['web', 'current', 1]])
  })

  test('a rollback target alone', () => {
    const services = [aConsumer('web', { secrets: ['s2'], before: { secrets: ['s1'] } })]
    expect(rolesOf('s1', { services })).toEqual([['web', 'rollback-target', 0]])
  })

  test('all of them, by name of the service', () => {
    const services = [
      aConsumer('web', { configs: ['c1'], before: { configs: ['c1'] } }),
      aConsumer('api', { before: { configs: ['c1'] } }),
      aConsumer('job', { configs: ['c1'] }, { mode: { kind: 'replicated', replicas: 0 } }),
    ]
    const tasks = [
      aTask({ id: 'a', serviceId: 'api', storedIds: ['c1', 'c1'] }),
      aTask({ id: 'b', serviceId: 'web', storedIds: ['c1'] }),
    ]
    expect(rolesOf('c1', { services, tasks })).toEqual([
      ['api', 'older-task', 'rollback-target', 1],
      ['job', 'current', 0],
      ['web', 'current', 'rollback-target', 1],
    ])
  })

  test('a service that mounts it twice is one consumer with two mounts', () => {
    const twice = [aReference('s1'), aReference('s1', { target: '/etc/pw' })]
    const state = aState({ services: [aConsumer('web', { secrets: twice })] })
    const [web] = consumersOf(state).get('s1') ?? []
    expect(web?.mounts.map(({ target }) => target)).toEqual(['/run/secrets/s1', '/etc/pw'])
  })
})

test.each([
  ['secret', 'pw', '/run/secrets/pw'],
  ['secret', 'sub/pw', '/run/secrets/sub/pw'],
  ['secret', '/etc/pw', '/etc/pw'],
  ['secret', 'C:\\pw', 'C:\\pw'],
  ['config', 'nginx.conf', '/nginx.conf'],
  ['config', '/etc/nginx.conf', '/etc/nginx.conf'],
  ['config', null, 'no file: for the runtime only'],
] as const)('a %s at %s is found at %s', (kind, target, path) => {
  expect(targetOf(kind, target)).toBe(path)
})

test('whatever refers to an object is found, and nothing else', () => {
  const ids = fc.subarray(['s1', 's2', 's3', 's4'])
  const service = fc.record({ now: ids, before: ids, held: ids, over: ids })
  fc.assert(
    fc.property(fc.array(service, { maxLength: 5 }), (all) => {
      const services = all.map(({ now, before }, i) =>
        aConsumer(`w${i}`, { secrets: now, before: { secrets: before } }),
      )
      const tasks = all.flatMap(({ held, over }, i) => [
        aTask({ id: `h${i}`, serviceId: `w${i}`, storedIds: held }),
        aTask({ id: `o${i}`, serviceId: `w${i}`, storedIds: over, state: 'complete' }),
      ])
      const found = consumersOf(aState({ services, tasks }))
      for (const id of ['s1', 's2', 's3', 's4']) {
        const expected = all.flatMap(({ now, before, held }, i) => {
          const roles = [
            ...(now.includes(id) ? ['current'] : []),
            ...(held.includes(id) && !now.includes(id) ? ['older-task'] : []),
            ...(before.includes(id) ? ['rollback-target'] : []),
          ]
          return roles.length > 0 ? [[`w${i}`, roles, held.includes(id) ? 1 : 0]] : []
        })
        const seen = (found.get(id) ?? []).map(({ service, roles, tasks }) => [
          service,
          roles,
          tasks,
        ])
        expect(seen).toEqual(expected)
      }
    }),
  )
})

test('one object that all of five hundred services use has them all', () => {
  const services = Array.from({ length: 500 }, (_, i) =>
    aConsumer(`w${i}`, { secrets: [`s${i}`, 'shared'], configs: [`c${i}`] }),
  )
  const tasks = Array.from({ length: 10_000 }, (_, i) =>
    aTask({
      id: `t${i}`,
      serviceId: `w${i % 500}`,
      storedIds: [`s${i % 500}`, 'shared', `c${i % 500}`],
    }),
  )
  const state = aState({ services, tasks })
  expect(consumersOf(state).get('shared')).toHaveLength(500)
})

test('tasks of a service that is gone use nothing', () => {
  const tasks = [aTask({ serviceId: 'gone', storedIds: ['s1'] })]
  expect(consumersOf(aState({ services: [aService()], tasks })).size).toBe(0)
})
