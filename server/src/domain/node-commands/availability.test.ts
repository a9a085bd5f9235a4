import { describe, expect, test } from 'vitest'
import {
  called,
  checkIds,
  fourNodes,
  look,
  m1,
  on,
  outcomes,
  w,
} from './node-commands.fixture.ts'

const pause = { kind: 'pause' } as const
const activate = { kind: 'activate' } as const
const drained = (id: string) => w(id, { availability: 'drain' })

test('a pause touches no task, and says what then has nowhere to go', () => {
  const pinned = called('db', { constraints: ['node.hostname==w1'] })
  const agent = called('agent', {}, { mode: { kind: 'global' } })
  const { preview, write } = look({
    asked: pause,
    services: [pinned, agent],
    tasks: [on('w1', 'db'), on('w1', 'agent', { slot: null })],
  })
  expect(preview.tasks).toEqual([])
  expect(preview.losesOnlyNode).toEqual(['db'])
  expect(checkIds(preview)).toEqual(['only-node-lost', 'global-not-restarted'])
  expect(write).toEqual({ kind: 'update', change: { availability: 'pause' } })
})

test('an activation brings what waits and what belongs on every node', () => {
  const pinned = called('db', { constraints: ['node.hostname==w1'] })
  const agent = called('agent', {}, { mode: { kind: 'global' } })
  const { preview } = look({
    asked: activate,
    nodes: [m1, drained('w1'), w('w2')],
    services: [pinned, agent, called('api')],
    tasks: [
      on('w1', 'db', { nodeId: null, state: 'pending' }),
      on('w2', 'agent', { slot: null }),
      ...[1, 2].map((slot) => on('w2', 'api', { slot })),
    ],
  })
  expect(preview.gains.map(({ service, tasks }) => [service, tasks])).toEqual([
    ['agent', 1],
    ['db', 1],
  ])
  expect(preview.button).toBe('Activate w1 (starts 2)')
  expect(preview.afterwards).toBe(
    'Tasks do not move back by themselves. To spread api again, restart it: 2 tasks restart.',
  )
})

describe('tasks that wait for the last room', () => {
  const reservations = { nanoCpus: 2e9, memoryBytes: 0 }
  const nodes = fourNodes.map((node) => ({
    ...node,
    availability: 'drain' as const,
    resources: { nanoCpus: 3e9, memoryBytes: 1e9 },
  }))
  const waits = (service: string) =>
    on('w1', service, { nodeId: null, state: 'pending', error: 'no suitable node' })

  test('none of several is sure of it', () => {
    const { preview } = look({
      asked: { kind: 'activate' },
      nodes,
      services: [called('api', { reservations }), called('web', { reservations })],
      tasks: [waits('api'), waits('web')],
    })
    expect(preview.gains).toEqual([
      {
        service: 'api',
        tasks: 1,
        sure: 0,
        data: 'none',
        sentence:
          '1 task of api that waits can run here. Others wait for the same room: it may go to them.',
      },
      expect.objectContaining({ service: 'web', tasks: 1, sure: 0 }),
    ])
    expect(preview.button).toContain('up to 2')
  })

  const rivals = [
    called('agent', { reservations }, { mode: { kind: 'global' } }),
    called('web', { reservations }),
  ]

  test('a task that waits on its node goes before those that look for one', () => {
    const { preview } = look({
      asked: { kind: 'activate' },
      nodes: nodes.map((node) => ({ ...node, availability: 'pause' as const })),
      services: rivals,
      tasks: [on('w1', 'agent', { slot: null, state: 'pending' }), waits('web')],
    })
    expect(preview.gains).toMatchObject([
      { service: 'agent', tasks: 1, sure: 1 },
      { service: 'web', tasks: 1, sure: 0 },
    ])
  })

  test('one that is made for its node only then may come after them', () => {
    const { preview } = look({
      asked: { kind: 'activate' },
      nodes,
      services: rivals,
      tasks: [waits('web')],
    })
    expect(preview.gains).toMatchObject([
      { service: 'agent', tasks: 1, sure: 0 },
      { service: 'web', tasks: 1, sure: 0 },
    ])
  })

  test('all are sure of it where there is room for all', () => {
    const half = { nanoCpus: 0.5e9, memoryBytes: 0 }
    const { preview } = look({
      asked: { kind: 'activate' },
      nodes,
      services: [
        ...rivals.slice(1),
        called('agent', { reservations: half }, { mode: { kind: 'global' } }),
        called('watch', { reservations: half }, { mode: { kind: 'global' } }),
      ],
      tasks: [waits('web')],
    })
    expect(preview.gains.map(({ service, sure }) => [service, sure])).toEqual([
      ['agent', 1],
      ['watch', 1],
      ['web', 1],
    ])
  })

  test('one that is asked for and finds none is told of, and is no gain', () => {
    const large = { nanoCpus: 4e9, memoryBytes: 0 }
    const { preview } = look({
      asked: { kind: 'activate' },
      nodes,
      services: [called('agent', { reservations: large }, { mode: { kind: 'global' } })],
      tasks: [],
    })
    expect(preview.gains).toEqual([])
    expect(preview.checks).toContainEqual({
      id: 'waits-here-agent',
      level: 'info',
      sentence:
        'agent asks for a task here too, which waits: needs 4 CPU reserved, 3 CPU free.',
      subjects: [{ kind: 'service', name: 'agent' }],
    })
  })
})

test('a global service whose policy is none does not come back to where it ran', () => {
  const restart = { condition: 'none', delayNs: 0, maxAttempts: 0, windowNs: 0 } as const
  const once = called('once', { restart }, { mode: { kind: 'global' } })
  const old = on('w1', 'once', { slot: null, state: 'shutdown', desired: 'shutdown' })
  const { preview } = look({
    asked: activate,
    nodes: [m1, drained('w1')],
    services: [once],
    tasks: [old],
  })
  expect(preview.gains).toEqual([])
})

test('unless it was changed meanwhile: then a task of today’s spec is made', () => {
  const restart = { condition: 'none', delayNs: 0, maxAttempts: 0, windowNs: 0 } as const
  const once = called('once', { restart }, { mode: { kind: 'global' } })
  const old = {
    slot: null,
    state: 'shutdown',
    desired: 'shutdown',
    upToDate: false,
  } as const
  const { preview } = look({
    asked: activate,
    nodes: [m1, drained('w1')],
    services: [once],
    tasks: [on('w1', 'once', old)],
  })
  expect(preview.gains).toMatchObject([{ service: 'once', tasks: 1 }])
})

test('a global service whose attempts are used up does not come back either', () => {
  const restart = { condition: 'any', delayNs: 0, maxAttempts: 1, windowNs: 0 } as const
  const worn = called('worn', { restart }, { mode: { kind: 'global' } })
  const ended = (id: string, at: number, state: 'failed' | 'shutdown') =>
    on('w1', 'worn', { id, slot: null, state, desired: 'shutdown', createdAt: at })
  const { preview } = look({
    asked: activate,
    nodes: [m1, drained('w1')],
    services: [worn],
    tasks: [ended('a', 1, 'failed'), ended('b', 2, 'shutdown')],
  })
  expect(preview.gains).toEqual([])
})

test('an activation throws off what a label took away meanwhile', () => {
  const ssd = called('db', { constraints: ['node.labels.disk==ssd'] })
  const { preview } = look({
    asked: activate,
    nodes: [m1, w('w1', { availability: 'pause' }), w('w2', { labels: { disk: 'ssd' } })],
    services: [ssd],
    tasks: [on('w1', 'db')],
  })
  expect(outcomes(preview)).toEqual({ db: ['moves'] })
})

test.each([
  { asked: pause, availability: 'pause' as const },
  { asked: activate, availability: 'active' as const },
])('$asked.kind of a node that is so already is refused', ({ asked, availability }) => {
  const nodes = [m1, w('w1', { availability })]
  expect(look({ asked, nodes, services: [], tasks: [] }).write).toBeNull()
})
