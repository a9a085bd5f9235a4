import { describe, expect, test } from 'vitest'
import type { RawService, RawSwarm, RawTask, RawTemplate } from './consumers-raw.ts'
import { heldOf, mountsOf, orphansOf, triplesOf } from './consumers-truth.ts'

const File = { Name: 'pw', UID: '7', GID: '8', Mode: 0o400 }

const template = (
  { secrets = [], configs = [] }: { secrets?: string[]; configs?: string[] },
  file = File,
): RawTemplate => ({
  ContainerSpec: {
    Secrets: secrets.map((SecretID) => ({ SecretID, File: file })),
    Configs: configs.map((ConfigID) => ({ ConfigID, File: file })),
  },
})

const service = (
  now: RawTemplate,
  before: RawTemplate | null = null,
  ID = 'web',
): RawService => ({
  ID,
  Spec: { Name: ID, TaskTemplate: now },
  ...(before && { PreviousSpec: { TaskTemplate: before } }),
})

const task = (
  Spec: RawTemplate,
  state: string,
  desired = 'running',
  ServiceID = 'web',
): RawTask => ({
  ID: `${state}-${desired}`,
  ServiceID,
  CreatedAt: '2026-11-22T00:00:00Z',
  DesiredState: desired,
  Status: { State: state, Timestamp: '2026-11-22T00:00:00Z' },
  Spec,
})

const swarm = (parts: Partial<RawSwarm>): RawSwarm => ({
  secrets: [{ ID: 's1', Spec: { Name: 'pw' } }],
  configs: [{ ID: 'c1', Spec: { Name: 'pw' } }],
  services: [],
  tasks: [],
  ...parts,
})

const none = template({})
const secret = template({ secrets: ['s1'] })
const config = template({ configs: ['c1'] })

const rolesIn = (parts: Partial<RawSwarm>) =>
  triplesOf(swarm(parts)).map(({ kind, service, role }) => `${kind} ${service} ${role}`)

describe('a use', () => {
  test('is named by the spec of now', () => {
    expect(triplesOf(swarm({ services: [service(secret)] }))).toEqual([
      { kind: 'secret', object: 'pw', service: 'web', role: 'current' },
    ])
  })

  test('is of one kind, though another object has the same name', () => {
    expect(rolesIn({ services: [service(config)] })).toEqual(['config web current'])
  })

  test('goes by the id, not by the name', () => {
    const anew = [{ ID: 's2', Spec: { Name: 'pw' } }]
    expect(rolesIn({ secrets: anew, services: [service(none, secret)] })).toEqual([])
  })

  test('is the rollback target’s too, beside any other', () => {
    expect(rolesIn({ services: [service(none, secret)] })).toEqual([
      'secret web rollback-target',
    ])
    expect(rolesIn({ services: [service(secret, secret)] })).toEqual([
      'secret web current',
      'secret web rollback-target',
    ])
  })

  test('is a task’s only where the spec has none', () => {
    const tasks = [task(secret, 'running')]
    expect(rolesIn({ services: [service(secret)], tasks })).toEqual(['secret web current'])
    expect(rolesIn({ services: [service(none, config)], tasks })).toEqual([
      'secret web older-task',
      'config web rollback-target',
    ])
  })

  test('is of no service that is gone, and of no other service', () => {
    const tasks = [task(secret, 'running', 'running', 'gone')]
    expect(rolesIn({ services: [service(none)], tasks })).toEqual([])
    expect(orphansOf(swarm({ services: [service(none)], tasks }))).toHaveLength(1)
    expect(orphansOf(swarm({ services: [service(none, null, 'gone')], tasks }))).toEqual([])
  })
})

describe('a task has what it was made with', () => {
  test.each([
    ['running', 'running', true],
    // Told to end, or on a node that is lost: it may have it still.
    ['running', 'shutdown', true],
    ['running', 'remove', true],
    ['starting', 'shutdown', true],
    ['assigned', 'shutdown', true],
    // It waits for a node, and will have it.
    ['pending', 'running', true],
    ['new', 'running', true],
    ['ready', 'ready', true],
    // A job that runs to its end.
    ['running', 'complete', true],
    // Called off before any node had it.
    ['pending', 'shutdown', false],
    ['new', 'remove', false],
    ['shutdown', 'shutdown', false],
    ['failed', 'shutdown', false],
    ['rejected', 'running', false],
    ['complete', 'complete', false],
    ['orphaned', 'shutdown', false],
  ])('%s, and meant to be %s: %s', (state, desired, isHeld) => {
    const all = swarm({ services: [service(none)], tasks: [task(secret, state, desired)] })
    expect(triplesOf(all).map(({ role }) => role)).toEqual(isHeld ? ['older-task'] : [])
    expect(heldOf(all).map(({ tasks }) => tasks)).toEqual(isHeld ? [1] : [])
  })

  test('once, however often it mounts it', () => {
    const tasks = [task(template({ secrets: ['s1', 's1'] }), 'running')]
    expect(heldOf(swarm({ services: [service(none)], tasks }))).toEqual([
      { kind: 'secret', object: 'pw', service: 'web', tasks: 1 },
    ])
  })
})

test.each([
  [secret, 'pw', '/run/secrets/pw'],
  [secret, 'sub/pw', '/run/secrets/sub/pw'],
  [secret, '/etc/pw', '/etc/pw'],
  [config, 'pw', '/pw'],
  [config, '/etc/pw', '/etc/pw'],
])('%# of a target %s is at %s', (of, Name, target) => {
  const { ContainerSpec: { Secrets = [], Configs = [] } = {} } = of
  const ids = {
    secrets: (Secrets ?? []).map(({ SecretID }) => SecretID),
    configs: (Configs ?? []).map(({ ConfigID }) => ConfigID),
  }
  const services = [service(template(ids, { ...File, Name }))]
  expect(mountsOf(swarm({ services }))).toMatchObject([
    { object: 'pw', service: 'web', target, uid: '7', gid: '8', mode: '0400' },
  ])
})

test('a template of another runtime, or without any, has nothing', () => {
  const services = [service({}), service({ ContainerSpec: { Secrets: null } })]
  expect(triplesOf(swarm({ services }))).toEqual([])
})
