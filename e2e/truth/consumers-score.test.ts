import type { Stored } from '@skep/shared/contract/stored'
import { describe, expect, test } from 'vitest'
import type { RawSwarm } from './consumers-raw.ts'
import { countsOf, differencesIn, scoreOf, scoresOf } from './consumers-score.ts'

const File = { Name: 'pw', UID: '0', GID: '0', Mode: 0o444 }
const names = (id: string) => ({
  TaskTemplate: { ContainerSpec: { Secrets: [{ SecretID: id, File }] } },
})
const swarm: RawSwarm = {
  secrets: [
    { ID: 's1', Spec: { Name: 'pw' } },
    { ID: 's2', Spec: { Name: 'old' } },
  ],
  configs: [],
  services: [
    { ID: 'web', Spec: { Name: 'web', ...names('s1') }, PreviousSpec: names('s2') },
  ],
  tasks: [
    {
      ID: 't1',
      ServiceID: 'web',
      CreatedAt: '2026-11-22T00:00:00Z',
      DesiredState: 'running',
      Status: { State: 'running', Timestamp: '2026-11-22T00:00:00Z' },
      Spec: names('s1').TaskTemplate,
    },
  ],
}

const consumer: Stored['consumers'][number] = {
  service: 'web',
  stack: null,
  roles: ['current'],
  tasks: 1,
  mounts: [{ target: '/run/secrets/pw', uid: '0', gid: '0', mode: '0444', finding: null }],
}
const item = (change: Partial<Stored>): Stored => ({
  id: 's1',
  kind: 'secret',
  name: 'pw',
  family: 'pw',
  version: null,
  newest: true,
  createdAt: '2026-11-22T00:00:00Z',
  updatedAt: '2026-11-22T00:00:00Z',
  labels: {},
  stack: null,
  driver: null,
  templating: null,
  bytes: null,
  consumers: [consumer],
  volumes: [],
  flags: [],
  ...change,
})
const target: Stored['consumers'][number] = {
  ...consumer,
  roles: ['rollback-target'],
  tasks: 0,
  mounts: [],
}
const old = item({ id: 's2', name: 'old', consumers: [target] })

describe('what is told', () => {
  const toldOf = (...items: Stored[]) => differencesIn(scoresOf(swarm, items))

  test('is right', () => {
    expect(toldOf(old, item({}))).toEqual([])
  })

  test.each([
    ['a use', item({ consumers: [] }), 'missed secret pw web current'],
    [
      'a file',
      item({ consumers: [{ ...consumer, mounts: [] }] }),
      'missed secret pw web /run/secrets/pw 0 0 0444',
    ],
    [
      'a count of tasks',
      item({ consumers: [{ ...consumer, tasks: 2 }] }),
      'invented secret pw web 2',
    ],
    [
      'a role',
      item({ consumers: [{ ...consumer, roles: ['current', 'rollback-target'] }] }),
      'invented secret pw web rollback-target',
    ],
    ['an id', item({ id: 's9' }), 'missed secret s1 pw'],
    ['a kind', item({ kind: 'config' }), 'invented config pw web current'],
  ])('is wrong in %s', (_what, wrong, words) => {
    expect(toldOf(old, wrong)).toContain(words)
  })

  test('is wrong where an object is left out', () => {
    expect(toldOf(item({}))).toEqual([
      'missed secret old web rollback-target',
      'missed secret s2 old',
    ])
  })
})

test('what is told twice is invented once', () => {
  expect(scoreOf([{ a: 1 }], [{ a: 1 }, { a: 1 }])).toEqual({
    expected: [{ a: 1 }],
    missed: [],
    invented: [{ a: 1 }],
  })
})

test('counts are by role, or of all', () => {
  const { triples } = scoresOf(swarm, [item({})])
  expect(countsOf(triples)).toEqual({ expected: 2, found: 1, missed: 1, invented: 0 })
  expect(countsOf(triples, 'rollback-target')).toMatchObject({ expected: 1, found: 0 })
  expect(countsOf(triples, 'current')).toMatchObject({ expected: 1, found: 1 })
})
