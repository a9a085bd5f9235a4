import type { Asked } from '@skep/shared/contract/commands'
import { describe, expect, test } from 'vitest'
import { aMount, aNode, aSpec } from '../entities.fixture.ts'
import type { Stay } from '../residency.ts'
import type { Mount } from '../state.ts'
import { aDocument, look, replicas } from './commands.fixture.ts'

const restart = { kind: 'restart' } as const
const scale = (count: number) => ({ kind: 'scale', replicas: count }) as const
const rollback = { kind: 'rollback' } as const

type Case = {
  image?: string
  mounts?: readonly Partial<Mount>[]
  count?: number
  constraints?: string[]
  on?: string
  stays?: readonly Stay[]
  global?: boolean
  labels?: Record<string, string>
}

const pgdata = { source: 'pgdata', target: '/var/lib/postgresql/data' }
const postgres = 'postgres:15'

/** One database on `n1` of three nodes, its volume free to be empty elsewhere. */
function database(more: Case = {}) {
  const { image = postgres, count = 1, constraints = [] } = more
  const mounts: readonly Partial<Mount>[] = more.mounts ?? [pgdata]
  const mode = more.global ? { Mode: { Global: {} } } : replicas(count)
  const Mounts = mounts.map(({ type = 'volume', source = '', target = '' }) => ({
    Type: type,
    Source: source ?? '',
    Target: target,
  }))
  const Placement = { Constraints: constraints }
  const document = aDocument(image, mode, { Placement }, { Mounts })
  const nodes = ['n1', 'n2', 'n3'].map((id) => aNode({ id, hostname: id }))
  return {
    document,
    previous: null,
    nodes,
    service: {
      spec: aSpec({ mounts: mounts.map(aMount), constraints, labels: more.labels ?? {} }),
    },
    tasks: Array.from({ length: count }, (_, i) => ({
      slot: i + 1,
      nodeId: more.on ?? `n${(i % 3) + 1}`,
    })),
    more: { stays: more.stays ?? [] },
  }
}

const told = (asked: Asked, parts: Parameters<typeof look>[1]) => {
  const { checks, typed } = look(asked, parts).preview
  const ids = ['data-lost', 'starts-empty', 'data-unknown', 'replicas-apart']
  const found = checks.filter(({ id }) => ids.includes(id))
  return [...found.map(({ level, id }) => `${level} ${id}`), ...(typed ? ['typed'] : [])]
}

const sentence = (asked: Asked, parts: Parameters<typeof look>[1], id: string) =>
  look(asked, parts).preview.checks.find((check) => check.id === id)?.sentence

describe('a restart of what keeps data', () => {
  test.each<[string, Case, string[]]>([
    ['may start elsewhere, empty', {}, ['warn starts-empty', 'typed']],
    ['is held by its node', { constraints: ['node.hostname==n1'] }, []],
    ['is behind the network', { mounts: [{ ...pgdata, filesystem: 'nfs' }] }, []],
    [
      'is a path of the node',
      { mounts: [{ ...pgdata, type: 'bind', source: '/srv/pg' }] },
      ['warn data-unknown'],
    ],
    [
      'is in its container, on the same node too',
      { mounts: [], constraints: ['node.hostname==n1'] },
      ['warn data-lost', 'typed'],
    ],
    [
      'can do without it',
      { image: 'redis:7', mounts: [], constraints: ['node.hostname==n1'] },
      ['info data-lost'],
    ],
    ['keeps nothing', { image: 'nginx:1.27', mounts: [] }, []],
    ['runs once on every node, each its own', { global: true, count: 3 }, []],
    [
      'must leave its node',
      { constraints: ['node.hostname==n2'] },
      ['warn starts-empty', 'typed'],
    ],
  ])('%s', (_, of, found) => {
    expect(told(restart, database(of))).toEqual(found)
  })

  test('says where it may go and what stays behind', () => {
    expect(sentence(restart, database(), 'starts-empty')).toBe(
      'Nothing keeps web where its data is: the swarm may start it on n2 or n3. pgdata is another volume on each node: it starts empty, and its data stays on n1.',
    )
    const must = database({ constraints: ['node.hostname==n2'] })
    expect(sentence(restart, must, 'starts-empty')).toMatch(
      /^web cannot start where its data is: it goes to n2\. /,
    )
  })

  test('warns of an old copy that it would find', () => {
    const stays = [
      { volume: 'pgdata', nodeId: 'n1', node: 'n1', from: 5, to: null },
      { volume: 'pgdata', nodeId: 'n3', node: 'n3', from: 1, to: 5 },
    ]
    expect(sentence(restart, database({ stays }), 'starts-empty')).toMatch(
      /pgdata on n3 may hold an old copy/,
    )
  })
})

describe('a scale', () => {
  const atRest = { count: 0 }
  const stays = [{ volume: 'pgdata', nodeId: 'n1', node: 'n1', from: 0, to: 5 }]

  test('back from 0 may find an empty volume, by what is remembered of its node', () => {
    const parts = database({ ...atRest, stays })
    expect(told(scale(1), parts)).toEqual(['warn starts-empty', 'typed'])
    expect(sentence(scale(1), parts, 'starts-empty')).toMatch(/its data stays on n1\.$/)
  })

  test('back from 0 goes where it is pinned', () => {
    const pinned = { ...atRest, stays, constraints: ['node.hostname==n1'] }
    expect(told(scale(1), database(pinned))).toEqual([])
  })

  test('of what never ran anywhere begins with nothing, as is meant', () => {
    expect(told(scale(1), database(atRest))).toEqual([])
  })

  test('to more replicas divides the data', () => {
    expect(told(scale(2), database())).toEqual(['warn replicas-apart'])
    expect(told(scale(2), database({ labels: { 'skep.state': 'soft' } }))).toEqual([])
  })

  test('to none ends what is in the container alone', () => {
    expect(told(scale(0), database())).toEqual(['typed'])
    expect(told(scale(0), database({ mounts: [] }))).toEqual(['warn data-lost', 'typed'])
  })
})

test('a rollback to other mounts cannot be told', () => {
  const before = aDocument(postgres, replicas(1))
  expect(told(rollback, { ...database(), previous: before })).toEqual(['warn data-unknown'])
})

test('a change that replaces nothing says nothing of data', () => {
  expect(told({ kind: 'settings', parallelism: 2 }, database())).toEqual([])
})
