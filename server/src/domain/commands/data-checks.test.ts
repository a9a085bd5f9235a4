import type { Asked } from '@skep/shared/contract/commands'
import { describe, expect, test } from 'vitest'
import { aMount, aNode, aSpec } from '../entities.fixture.ts'
import type { Stay } from '../residency.ts'
import type { Mount, Node, Task } from '../state.ts'
import { aDocument, look, replicas } from './commands.fixture.ts'
import type { SpecDocument } from './spec-document.ts'

const restart = { kind: 'restart' } as const
const rollback = { kind: 'rollback' } as const
const resume = { kind: 'resume' } as const
const scale = (count: number) => ({ kind: 'scale', replicas: count }) as const

const postgres = 'postgres:15'
const pgdata = { source: 'pgdata', target: '/var/lib/postgresql/data' }
const pin = (node: string) => [`node.hostname==${node}`]

type Spec = {
  image?: string
  mounts?: readonly Partial<Mount>[]
  count?: number
  constraints?: string[]
  maxReplicas?: number
  order?: 'stop-first' | 'start-first'
  parallelism?: number
  /** Of a node's CPUs. */
  reserved?: number
  mode?: Pick<SpecDocument, 'Mode'>
}

/** A spec as the engine writes it. */
function written(spec: Spec): SpecDocument {
  const { image = postgres, count = 1, constraints = [], maxReplicas } = spec
  const mounts: readonly Partial<Mount>[] = spec.mounts ?? [pgdata]
  const Mounts = mounts.map(({ type = 'volume', source, target = '/data', ...more }) => ({
    Type: type,
    ...(source !== null && { Source: source ?? 'data' }),
    Target: target,
    ReadOnly: more.readOnly ?? false,
    VolumeOptions: {
      ...(more.driver && { DriverConfig: { Name: more.driver } }),
      ...(more.subpath && { Subpath: more.subpath }),
    },
  }))
  const pace = {
    Parallelism: spec.parallelism ?? 1,
    Order: spec.order ?? 'stop-first',
  } as const
  return aDocument(
    image,
    { ...(spec.mode ?? replicas(count)), UpdateConfig: pace, RollbackConfig: pace },
    {
      Placement: {
        Constraints: constraints,
        ...(maxReplicas && { MaxReplicas: maxReplicas }),
      },
      ...(spec.reserved && { Resources: { Reservations: { NanoCPUs: spec.reserved } } }),
    },
    { Mounts },
  )
}

type Case = Spec & {
  nodes?: readonly Partial<Node>[]
  tasks?: readonly Partial<Task>[]
  stays?: readonly Stay[]
  previous?: Spec | null
  paused?: boolean
  labels?: Record<string, string>
}

/** One database on `n1` of three nodes, where nothing holds its volume. */
function database(of: Case = {}) {
  const { image = postgres, count = 1, constraints = [], maxReplicas, previous = null } = of
  const mounts: readonly Partial<Mount>[] = of.mounts ?? [pgdata]
  const volumes = mounts.flatMap(({ type = 'volume', source = 'data' }) =>
    type === 'volume' && source !== null ? source : [],
  )
  const nodes = (of.nodes ?? [{ id: 'n1' }, { id: 'n2' }, { id: 'n3' }]).map((node) =>
    aNode({ ...node, hostname: node.id ?? '' }),
  )
  const tasks =
    of.tasks ??
    Array.from({ length: count }, (_, i) => ({ slot: i + 1, nodeId: `n${(i % 3) + 1}` }))
  return {
    document: written(of),
    previous: previous && written(previous),
    ...(of.paused && { update: 'paused' as const }),
    nodes,
    service: {
      spec: aSpec({
        mounts: mounts.map(aMount),
        constraints,
        labels: of.labels ?? {},
        maxReplicasPerNode: maxReplicas ?? null,
      }),
    },
    tasks: tasks.map((task) => ({ image, containerId: 'c', volumes, ...task })),
    more: { stays: of.stays ?? [] },
  }
}

const stay = (volume: string, nodeId: string, fields: Partial<Stay> = {}): Stay => ({
  ...{ volume, nodeId, node: nodeId, from: 0, to: 5 },
  ...fields,
})

const ids: ReadonlySet<string> = new Set([
  ...['data-lost', 'content-lost', 'content-unclear', 'data-left-out', 'data-unknown-spec'],
  ...['starts-empty', 'may-start-empty', 'other-copy', 'data-unknown'],
  ...['content-left', 'content-of-another', 'content-may-be-left'],
  ...['replicas-apart', 'replicas-share', 'two-at-once', 'copies-left'],
])

const told = (asked: Asked, of: Case = {}): string[] => {
  const { checks, typed } = look(asked, database(of)).preview
  const found = checks.filter(({ id }) => ids.has(id))
  return [...found.map(({ level, id }) => `${level} ${id}`), ...(typed ? ['typed'] : [])]
}

const sentence = (asked: Asked, of: Case, id: string) =>
  look(asked, database(of)).preview.checks.find((check) => check.id === id)?.sentence

const bind = (source: string, target = '/var/lib/postgresql/data') =>
  ({ type: 'bind', source, target }) as const
const held = { constraints: pin('n1') }

describe('a restart', () => {
  test.each<[string, Case, string[]]>([
    ['of a database may start it elsewhere, empty', {}, ['warn may-start-empty', 'typed']],
    ['of one that its node holds', held, []],
    [
      'of one whose node it must leave',
      { constraints: pin('n2') },
      ['warn starts-empty', 'typed'],
    ],
    ['of one behind the network', { mounts: [{ ...pgdata, filesystem: 'nfs' }] }, []],
    ['of one on a path of its node', { mounts: [bind('/srv/pg')] }, ['warn data-unknown']],
    ['of one in its container', { ...held, mounts: [] }, ['warn data-lost', 'typed']],
    [
      'of one that is mounted in the wrong folder',
      { ...held, mounts: [{ ...pgdata, target: '/var/lib/postgresql' }] },
      ['warn content-unclear'],
    ],
    ['of a cache', { ...held, image: 'redis:7', mounts: [] }, ['info content-lost']],
    ['of what keeps nothing', { image: 'nginx:1.27', mounts: [] }, []],
    [
      'of what only reads a volume',
      {
        image: 'nginx:1.27',
        mounts: [{ source: 'pages', target: '/usr/share/nginx/html', readOnly: true }],
      },
      ['warn content-may-be-left'],
    ],
    [
      'of what reads a file of settings',
      {
        image: 'nginx:1.27',
        mounts: [{ ...bind('/srv/nginx.conf', '/etc/nginx/nginx.conf'), readOnly: true }],
      },
      [],
    ],
    [
      'of a database with a folder in memory',
      { ...held, mounts: [pgdata, { type: 'tmpfs', source: null, target: '/app/foo' }] },
      ['info content-lost'],
    ],
    ['of one for each node', { count: 3, mode: { Mode: { Global: {} } } }, []],
    [
      'of replicas that have a node each, one after another',
      { count: 3, maxReplicas: 1 },
      [],
    ],
    [
      'of replicas that have a node each, all at once',
      { count: 3, maxReplicas: 1, parallelism: 3 },
      ['warn other-copy', 'typed'],
    ],
    [
      'of one that its node holds, the next beside the last',
      { ...held, order: 'start-first' },
      ['warn two-at-once'],
    ],
    [
      'of replicas that have a node each, where the first can leave its own to the next',
      { count: 2, maxReplicas: 1, order: 'start-first' },
      ['warn other-copy', 'typed'],
    ],
    [
      'of two of three at once, which may change places',
      { count: 3, maxReplicas: 1, parallelism: 2 },
      ['warn other-copy', 'typed'],
    ],
    [
      'of one for each node, the next beside the last',
      { count: 3, mode: { Mode: { Global: {} } }, order: 'start-first' },
      ['warn two-at-once'],
    ],
    [
      'of one that must leave a node for one that is down',
      { constraints: pin('n2'), nodes: [{ id: 'n1' }, { id: 'n2', state: 'down' }] },
      ['warn starts-empty', 'typed'],
    ],
    [
      'of one whose only task never had a container',
      { tasks: [{ state: 'pending', nodeId: null, containerId: null }] },
      [],
    ],
  ])('%s', (_, of, found) => {
    expect(told(restart, of)).toEqual(found)
  })

  test('of two that hold most of a node, one may go where the other was', () => {
    const reserved = { nanoCpus: 3e9, memoryBytes: 0 }
    const tasks = ['n1', 'n2'].map((nodeId, i) => ({ slot: i + 1, nodeId, reserved }))
    const open = [{ id: 'n2' }, { id: 'n3' }] as const
    const nodes = [{ id: 'n1', availability: 'pause' } as const, ...open]
    const of = { count: 2, maxReplicas: 1, reserved: 3e9, tasks, nodes }
    expect(told(restart, of)).toEqual(['warn starts-empty', 'warn other-copy', 'typed'])
    expect(sentence(restart, of, 'other-copy')).toMatch(/and goes to n2 or n3\. /)
    // All at once there is room for one: the other waits until one has left.
    const atOnce = { ...of, parallelism: 2 }
    expect(sentence(restart, atOnce, 'other-copy')).toMatch(/and goes to n2 or n3\. /)
    const withRoom = { ...atOnce, nodes: [...nodes, { id: 'n4' }] }
    expect(told(restart, withRoom)).toEqual(['warn starts-empty', 'typed'])
    expect(sentence(restart, withRoom, 'starts-empty')).toMatch(/and goes to n3 or n4\. /)
  })

  test('says where it may go and what stays behind', () => {
    expect(sentence(restart, {}, 'may-start-empty')).toBe(
      'Nothing keeps web where its volume pgdata is: it may start on n2 or n3 as well. pgdata is another volume on each node: it starts empty, and its data stays on n1.',
    )
    expect(sentence(restart, { constraints: pin('n2') }, 'starts-empty')).toMatch(
      /^web cannot start where its volume pgdata is, and goes to n2\. /,
    )
  })

  test('tells of an old copy by another name, so that a consent to less is none', () => {
    const stays = [stay('pgdata', 'n1', { from: 5, to: null }), stay('pgdata', 'n3')]
    expect(told(restart, { stays })).toEqual(['warn other-copy', 'typed'])
    expect(sentence(restart, { stays }, 'other-copy')).toMatch(
      /pgdata on n3 may hold an old copy/,
    )
  })

  test('while no node takes it, another may be the first that does', () => {
    const nodes = [
      { id: 'n1', availability: 'pause' },
      { id: 'n2', state: 'down' },
    ] as const
    expect(told(restart, { nodes })).toEqual(['warn data-unknown'])
    const alone = [{ id: 'n1', availability: 'pause' }] as const
    expect(told(restart, { nodes: alone })).toEqual([])
  })
})

describe('a paused update', () => {
  const v2 = 'postgres:16'
  const paused = { image: v2, paused: true, previous: {} } as const
  const failed = { image: v2, state: 'failed', desired: 'shutdown', nodeId: 'n2' } as const
  const stays = [stay('pgdata', 'n1')]

  test('says the same whatever its crash loop does at the moment', () => {
    const between = [{ ...failed, containerId: null, volumes: [] }]
    const trying = [
      ...between,
      {
        id: 't9',
        image: v2,
        state: 'preparing',
        nodeId: 'n2',
        containerId: null,
        volumes: [],
      } as const,
    ]
    for (const tasks of [between, trying]) {
      const of = { ...paused, stays, tasks }
      expect(told(rollback, of)).toEqual(['warn may-start-empty', 'typed'])
      expect(sentence(rollback, of, 'may-start-empty')).toMatch(/its data stays on n1\.$/)
    }
  })

  test('that went on to another volume leaves the old one out, resumed by whatever', () => {
    const of = {
      ...held,
      image: v2,
      mounts: [{ ...pgdata, source: 'pgdata2' }],
      paused: true,
      previous: held,
      tasks: [{ image: postgres, upToDate: false, nodeId: 'n1', volumes: ['pgdata'] }],
    }
    for (const asked of [resume, restart]) {
      expect(told(asked, of)).toEqual(['warn data-left-out', 'typed'])
    }
  })
})

describe('an update that never ran', () => {
  const v2 = 'postgres:16'
  const ended: Partial<Task> = {
    ...{ id: 'old', image: postgres, upToDate: false, nodeId: 'n1', createdAt: 1 },
    ...{ state: 'shutdown', desired: 'shutdown', volumes: ['pgdata'] },
  }
  const trying: Partial<Task> = {
    ...{ id: 'new', image: v2, state: 'preparing', nodeId: 'n1', createdAt: 2 },
    ...{ containerId: null, volumes: [] },
  }
  const between: Partial<Task> = { ...trying, state: 'rejected', desired: 'shutdown' }
  const other = {
    ...held,
    ...{ image: v2, mounts: [{ ...pgdata, source: 'pgdata2' }], paused: true },
    ...{ previous: held, tasks: [ended, trying] },
  }

  test('leaves out what the one before had, though that one has ended', () => {
    expect(told(restart, other)).toEqual(['warn data-left-out', 'typed'])
    const pausing = { ...other, tasks: [ended, between] }
    expect(told(resume, pausing)).toEqual(['warn data-left-out', 'typed'])
  })

  test('has left nothing that a rollback could miss', () => {
    expect(told(rollback, other)).toEqual([])
  })

  test('makes room for the next one in every phase of its attempts', () => {
    const of = {
      ...{ image: v2, maxReplicas: 1, paused: true, previous: { maxReplicas: 1 } },
      ...{ nodes: [{ id: 'n1' }, { id: 'n2' }], stays: [stay('pgdata', 'n1')] },
    }
    for (const tasks of [
      [ended, trying],
      [ended, between],
    ]) {
      expect(told(rollback, { ...of, tasks })).toEqual(['warn may-start-empty', 'typed'])
    }
  })

  test('of a service that never ran at all says nothing, in every phase', () => {
    const of = { image: v2, paused: true, previous: {} }
    for (const tasks of [[trying], [between]])
      expect(told(rollback, { ...of, tasks })).toEqual([])
  })
})

describe('a task that waits for a node', () => {
  const ended: Partial<Task> = {
    ...{ slot: 1, nodeId: 'n1', createdAt: 1, state: 'shutdown', desired: 'shutdown' },
  }
  const waiting: Partial<Task> = {
    ...{ slot: 1, nodeId: null, createdAt: 2, state: 'pending', containerId: null },
  }
  const running: Partial<Task> = { slot: 2, nodeId: 'n2', createdAt: 1 }
  const of = { count: 2, constraints: pin('n2') }

  test('leaves what the last of its slot had, whatever the other replicas have', () => {
    const tasks = [ended, waiting, running]
    expect(told(restart, { ...of, tasks })).toEqual(['warn other-copy', 'typed'])
    expect(sentence(restart, { ...of, tasks }, 'other-copy')).toMatch(
      /^web cannot start where its volume pgdata is, and goes to n2\. /,
    )
  })

  test('leaves what the one has that it was to start before', () => {
    const still: Partial<Task> = { ...ended, state: 'running', desired: 'running' }
    const tasks = [still, waiting, running]
    expect(told(restart, { ...of, tasks })).toEqual(['warn other-copy', 'typed'])
  })

  test('says nothing more of a slot whose task stays', () => {
    const tasks = [ended, { ...running, slot: 1 }, running]
    expect(told(restart, { ...of, tasks })).toEqual([])
  })
})

describe('a volume for each slot', () => {
  const mounts = [{ ...pgdata, source: 'pg-{{.Task.Slot}}' }]
  const stays = ['pg-1', 'pg-2', 'pg-3'].map((name, i) => stay(name, `n${i + 1}`))

  test('is looked for where that of the slot was', () => {
    const back = { mounts, stays, count: 0, previous: {} }
    expect(told(scale(3), { ...back, constraints: pin('n1') })).toEqual([
      'warn starts-empty',
      'typed',
    ])
    expect(told(scale(1), { ...back, constraints: pin('n1') })).toEqual([])
    const grown = { ...back, count: 1, constraints: pin('n1') }
    expect(told(scale(2), grown)).toEqual(['warn starts-empty', 'typed'])
  })

  test('is no copy of another slot’s', () => {
    expect(told(restart, { mounts, stays, count: 3 })).toEqual([
      'warn may-start-empty',
      'typed',
    ])
    expect(told(restart, { mounts, stays, count: 3, maxReplicas: 1 })).toEqual([])
  })
})

describe('a rollback', () => {
  test('that looses a pending task from its node', () => {
    const nodes = [{ id: 'n1', state: 'down' }, { id: 'n2' }, { id: 'n3' }] as const
    const of = {
      ...{ image: 'postgres:16', nodes, constraints: pin('n1'), previous: {} },
      stays: [stay('pgdata', 'n1')],
      tasks: [{ state: 'pending', nodeId: null, containerId: null, volumes: [] }] as const,
    }
    expect(told(rollback, of)).toEqual(['warn starts-empty', 'typed'])
  })

  test('to a spec without its volume', () => {
    expect(
      told(rollback, { ...held, previous: { ...held, image: 'postgres:14', mounts: [] } }),
    ).toEqual(['warn data-left-out', 'typed'])
  })

  test('to an image that looks for its data elsewhere', () => {
    const there = { source: 'pgdata', target: '/bitnami/postgresql' }
    const of = {
      ...held,
      image: 'bitnami/postgresql:15',
      mounts: [there],
      previous: { ...held, image: postgres, mounts: [there] },
    }
    expect(told(rollback, of).some((line) => line.startsWith('warn'))).toBe(true)
  })

  test.each<[string, Partial<Mount>]>([
    ['another folder of its volume', { subpath: 'old' }],
    ['a volume of that name by another driver', { driver: 'pxd' }],
    ['memory in its place', { type: 'tmpfs', source: null }],
  ])('to %s', (_, mount) => {
    const previous = { ...held, image: 'postgres:14', mounts: [{ ...pgdata, ...mount }] }
    expect(told(rollback, { ...held, previous })).toContain('warn data-left-out')
  })

  test('of what is not known that looks elsewhere for the same volume', () => {
    const app = (target: string) => ({
      ...{ ...held, image: `acme/app:${target.length}` },
      mounts: [{ source: 'up', target }],
    })
    const of = { ...app('/data'), previous: app('/app/stuff') }
    expect(told(rollback, of)).toEqual(['warn data-left-out', 'typed'])
  })

  test('to other settings of nginx says nothing of data', () => {
    const settings = (source: string) => ({
      ...{ image: 'nginx:1.27', constraints: [] },
      mounts: [{ ...bind(source, '/etc/nginx/nginx.conf'), readOnly: true }],
    })
    expect(
      told(rollback, { ...settings('/a.conf'), previous: settings('/b.conf') }),
    ).toEqual([])
  })
})

describe('a scale', () => {
  const atRest = { count: 0, previous: {} }

  test('back from 0 may find an empty volume, by what is remembered of its node', () => {
    const of = { ...atRest, stays: [stay('pgdata', 'n1')] }
    expect(told(scale(1), of)).toEqual(['warn may-start-empty', 'typed'])
    expect(sentence(scale(1), of, 'may-start-empty')).toMatch(/its data stays on n1\.$/)
  })

  test('looks for each volume where that one was, by the name that its node had', () => {
    const cache = stay('cache', 'n2', { from: 9, to: 10 })
    const of = { ...atRest, ...held, stays: [cache, stay('pgdata', 'n1')] }
    expect(told(scale(1), of)).toEqual([])
    const gone = { ...atRest, stays: [stay('pgdata', 'gone', { node: 'old-box' })] }
    expect(sentence(scale(1), gone, 'starts-empty')).toMatch(/its data stays on old-box\.$/)
  })

  test('back from 0 to what does not mount it any more leaves it out', () => {
    const changed = { ...held, mounts: [], count: 0, previous: held }
    const used = { ...changed, stays: [stay('pgdata', 'n1')] }
    expect(told(scale(1), used)).toEqual(['warn data-left-out', 'typed'])
    // Nothing was ever in there, as far as is known.
    expect(told(scale(1), changed)).toEqual([])
    const path = { ...changed, previous: { ...held, mounts: [bind('/srv/pg')] } }
    expect(told(scale(1), path)).toEqual(['warn data-left-out', 'typed'])
  })

  test('back from 0 of what nobody saw run is not known', () => {
    expect(told(scale(1), atRest)).toEqual(['warn data-unknown'])
    expect(told(scale(1), { ...atRest, ...held })).toEqual([])
  })

  test('of what was made with no tasks begins with nothing, as is meant', () => {
    expect(told(scale(1), { count: 0 })).toEqual([])
  })

  test.each<[string, number, Case, string[]]>([
    ['divides the data', 2, {}, ['warn replicas-apart']],
    ['puts two on one volume', 2, { ...held, count: 0 }, ['warn replicas-apart']],
    [
      'puts two on one path',
      2,
      { ...held, mounts: [bind('/srv/pg')] },
      ['warn replicas-share'],
    ],
    [
      'gives each node its own of what may be data',
      2,
      { image: 'acme/api:1', mounts: [{ source: 'things', target: '/app/things' }] },
      ['warn replicas-apart'],
    ],
    [
      'reads an empty volume on another node',
      2,
      {
        image: 'nginx:1.27',
        mounts: [{ source: 'pages', target: '/usr/share/nginx/html', readOnly: true }],
      },
      ['warn replicas-apart'],
    ],
    [
      'is no matter on paths that may not be data',
      2,
      { image: 'acme/api:1', mounts: [bind('/srv/things', '/app/things')] },
      [],
    ],
    ['is meant for what can do without', 2, { labels: { 'skep.state': 'soft' } }, []],
    ['leaves copies that nobody serves', 1, { count: 3 }, ['info copies-left']],
  ])('%s', (_, count, of, found) => {
    expect(told(scale(count), of)).toEqual(found)
  })

  test('to none ends what is in the container alone', () => {
    expect(told(scale(0), {})).toEqual(['typed'])
    expect(told(scale(0), { mounts: [] })).toEqual(['warn data-lost', 'typed'])
  })
})

test('a change that replaces nothing says nothing of data', () => {
  expect(told({ kind: 'settings', parallelism: 2 }, {})).toEqual([])
})

test('what is removed takes along what is in its containers', () => {
  expect(told({ kind: 'remove' }, { mounts: [] })).toEqual(['warn data-lost', 'typed'])
  expect(told({ kind: 'remove' }, {})).toEqual(['typed'])
})
