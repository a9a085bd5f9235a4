import { taskStates } from '@skep/shared/contract/task-state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aMount, aNode, aSpec, aState, aTask } from './entities.fixture.ts'
import { db, nodes, on, ran, swarm } from './residency.fixture.ts'
import type { Residency, Stay } from './residency.ts'
import { mostStays } from './residency-bounds.ts'
import { advance, ended } from './residency-ledger.ts'
import type { ClusterState, Mount, Node, Service, Task } from './state.ts'

const nothing: Residency = new Map()

/** The stays after the swarm was seen in these states, a second apart. */
function staysAfter(...states: ClusterState[]): readonly Stay[] {
  let residency = nothing
  let seen: ClusterState | null = null
  states.forEach((state, i) => {
    residency = advance(residency, state, 1000 * (i + 1), seen).residency
    seen = state
  })
  return residency.get('db') ?? []
}

const told = (stays: readonly Stay[]) =>
  stays.map(({ volume, node, from, to }) => `${volume} ${node} ${from}-${to ?? ''}`)

describe('a stay', () => {
  test('begins when the task runs, and not when it is on its way', () => {
    expect(staysAfter(swarm([on('w1', 10, { state: 'starting' })]))).toEqual([])
    expect(staysAfter(swarm([on('w1', 10, { since: 15 })]))).toEqual([
      { volume: 'pgdata', nodeId: 'w1', node: 'w1', from: 15, to: null },
    ])
  })

  test.each<{ mount: Partial<Mount>; why: string }>([
    { mount: { driver: 'vieux/sshfs' }, why: 'a plugin may keep it anywhere' },
    { mount: { filesystem: 'nfs', device: ':/x' }, why: 'it is on a server' },
    { mount: { type: 'bind', source: '/srv/pg' }, why: 'no volume' },
  ])('is none of $mount: $why', ({ mount }) => {
    expect(staysAfter(swarm([on('w1', 10)], db({}, mount)))).toEqual([])
  })

  test('ends when the task ended, by its own clock', () => {
    const stays = staysAfter(swarm([on('w1', 10)]), swarm([ran('w1', 10, 700)]))
    expect(told(stays)).toEqual(['pgdata w1 10-700'])
  })

  test('ends now, if nothing tells when', () => {
    expect(told(staysAfter(swarm([on('w1', 10)]), swarm([])))).toEqual([
      'pgdata w1 10-2000',
    ])
  })

  test('ends when it began elsewhere at the latest, if nothing tells when', () => {
    const stays = staysAfter(swarm([on('w1', 10)]), swarm([on('w2', 1200)]))
    expect(told(stays)).toEqual(['pgdata w2 1200-', 'pgdata w1 10-1200'])
  })

  test('goes on over restarts on the same node, and over a time at rest', () => {
    const stays = staysAfter(
      swarm([on('w1', 10)]),
      swarm([ran('w1', 10, 700)]),
      swarm([ran('w1', 10, 700), on('w1', 2500)]),
    )
    expect(told(stays)).toEqual(['pgdata w1 10-'])
  })

  test('is another one after it was elsewhere', () => {
    const stays = staysAfter(
      swarm([on('w1', 10)]),
      swarm([ran('w1', 10, 700), on('w2', 710)]),
      swarm([ran('w1', 10, 700), ran('w2', 710, 2500), on('w1', 2510)]),
    )
    expect(told(stays)).toEqual([
      'pgdata w1 2510-',
      'pgdata w2 710-2500',
      'pgdata w1 10-700',
    ])
  })

  test('so is one after a start-first update to another node and back', () => {
    const stays = staysAfter(
      swarm([on('w1', 10)]),
      swarm([ran('w1', 10, 900), on('w2', 800)]),
      swarm([ran('w1', 10, 900), ran('w2', 800, 2500), on('w1', 2400)]),
    )
    expect(told(stays)).toEqual([
      'pgdata w1 2400-',
      'pgdata w2 800-2500',
      'pgdata w1 10-900',
    ])
  })

  test('of a volume that tasks share is one on each node, however often they restart', () => {
    const global = db({ mode: { kind: 'global' } })
    const at = (...tasks: Task[]) => swarm(tasks, global)
    const stays = staysAfter(
      at(on('w1', 10), on('w2', 20)),
      at(ran('w1', 10, 900), on('w2', 20)),
      at(ran('w1', 10, 900), on('w1', 2100), on('w2', 20)),
      at(on('w1', 2100), ran('w2', 20, 3100), on('w2', 3200)),
    )
    expect(told(stays)).toEqual(['pgdata w2 20-', 'pgdata w1 10-'])
  })

  test('is counted for each volume of a template', () => {
    const source = '{{.Service.Name}}-{{ .Task.Slot }}-{{.Node.Hostname}}-{{.Task.ID}}'
    const mode = { kind: 'replicated', replicas: 2 } as const
    const tasks = [1, 2].map((slot) => on('w1', slot, { slot, volumes: [source] }))
    expect(told(staysAfter(swarm(tasks, db({ mode }, { source }))))).toEqual([
      'db-2-w1-{{.Task.ID}} w1 2-',
      'db-1-w1-{{.Task.ID}} w1 1-',
    ])
  })

  test('ends when its service is removed', () => {
    const stays = staysAfter(swarm([on('w1', 10)]), aState({ nodes }))
    expect(told(stays)).toEqual(['pgdata w1 10-2000'])
    expect(ended(stays, 9000)).toBe(stays)
  })

  test('ends with the volume: the spec may name it no more', () => {
    const without = db({ spec: aSpec() })
    const stays = staysAfter(
      swarm([on('w1', 10)]),
      swarm([ran('w1', 10, 1500), on('w1', 1600, { volumes: [] })], without),
    )
    expect(told(stays)).toEqual(['pgdata w1 10-1500'])
  })
})

describe('on a node that is lost', () => {
  const down = nodes.map((node) =>
    node.id === 'w1' ? aNode({ id: 'w1', state: 'down' }) : node,
  )
  const gone = nodes.slice(1)
  const replaced = on('w1', 10, { desired: 'shutdown' })

  test('it lasts: its task may run on', () => {
    const stays = staysAfter(
      swarm([on('w1', 10)]),
      swarm([replaced, on('w2', 1200)], db(), down),
    )
    expect(told(stays)).toEqual(['pgdata w2 1200-', 'pgdata w1 10-'])
  })

  test.each<{ tasks: Task[]; why: string }>([
    { tasks: [ran('w1', 10, 90_000, { state: 'orphaned' })], why: 'after a day' },
    { tasks: [], why: 'after the swarm forgot its task' },
  ])('it lasts $why', ({ tasks }) => {
    const first = swarm([on('w1', 10)])
    const stays = staysAfter(first, swarm([...tasks, on('w2', 1200)], db(), down))
    expect(told(stays)).toEqual(['pgdata w2 1200-', 'pgdata w1 10-'])
  })

  test('it ends when the node is back and says so', () => {
    const stays = staysAfter(
      swarm([on('w1', 10)]),
      swarm([replaced, on('w2', 1200)], db(), down),
      swarm([ran('w1', 10, 2500), on('w2', 1200)]),
    )
    expect(told(stays)).toEqual(['pgdata w2 1200-', 'pgdata w1 10-2500'])
  })

  test('it ends when the node is back and knows nothing of it', () => {
    const lost = swarm([on('w2', 1200)], db(), down)
    const back = { ...lost, nodes: swarm([]).nodes }
    const stays = staysAfter(swarm([on('w1', 10)]), lost, back)
    expect(told(stays)).toEqual(['pgdata w2 1200-', 'pgdata w1 10-3000'])
  })

  test('it ends when the node is removed', () => {
    const lost = swarm([on('w2', 1200)], db(), down)
    const stays = staysAfter(
      swarm([on('w1', 10)]),
      lost,
      swarm([on('w2', 1200)], db(), gone),
    )
    expect(told(stays)).toEqual(['pgdata w2 1200-', 'pgdata w1 10-3000'])
  })

  test('that is only silent, it lasts as well', () => {
    const silent = nodes.map((node) => aNode({ id: node.id, state: 'unknown' }))
    const stays = staysAfter(swarm([on('w1', 10)]), swarm([], db(), silent))
    expect(told(stays)).toEqual(['pgdata w1 10-'])
  })
})

describe('what happened while nobody watched', () => {
  const history = [
    ran('w1', 10, 100),
    ran('w1', 101, 200),
    ran('w2', 201, 300, { state: 'failed' }),
    on('w3', 301, { state: 'rejected', since: 310, containerId: null }),
    ran('w3', 311, 320, { containerId: null }),
    ran('w1', 400, 500),
    on('w2', 600),
  ]

  test('is told by the tasks that the swarm remembers, of which some never ran', () => {
    expect(told(staysAfter(swarm(history)))).toEqual([
      'pgdata w2 600-',
      'pgdata w1 400-500',
      'pgdata w2 201-300',
      'pgdata w1 10-200',
    ])
  })

  test('is joined with what was known', () => {
    const known = staysAfter(swarm([on('w1', 101, { since: 105 })]))
    const state = swarm(history.slice(1))
    const { residency } = advance(new Map([['db', known]]), state, 9000)
    expect(told(residency.get('db') ?? [])).toEqual([
      'pgdata w2 600-',
      'pgdata w1 400-500',
      'pgdata w2 201-300',
      'pgdata w1 105-200',
    ])
  })
})

describe('it is bounded', () => {
  test('to the newest stays of each volume, and those that last', () => {
    const tasks = Array.from({ length: 300 }, (_, i) =>
      ran(i % 2 ? 'w1' : 'w2', 10 * i, 10 * i + 5),
    )
    const stays = staysAfter(swarm(tasks))
    expect(stays).toHaveLength(mostStays)
    expect(stays[0]).toMatchObject({ from: 2990 })
  })
})

describe('changes', () => {
  test('are told: what opened, what closed, which services', () => {
    const first = swarm([on('w1', 10)])
    const opening = advance(nothing, first, 1000)
    expect(opening.changed).toEqual(['db'])
    expect(opening.changes.opened.map(({ stay }) => stay.node)).toEqual(['w1'])
    const second = swarm([ran('w1', 10, 700), on('w2', 710)])
    const { changes } = advance(opening.residency, second, 2000, first)
    expect(changes.opened.map(({ stay }) => stay.node)).toEqual(['w2'])
    expect(changes.closed.map(({ stay }) => stay.node)).toEqual(['w1'])
  })

  test('are looked for where something differs, and nowhere else', () => {
    const services = Array.from({ length: 500 }, (_, i) =>
      db({ id: `db${i}`, name: `db${i}` }),
    )
    const tasks = services.map(({ id }, i) => on('w1', i, { id: `t${i}`, serviceId: id }))
    const first = aState({ services, nodes, tasks })
    const before = advance(nothing, first, 1000).residency
    const touched = on('w2', 1500, { id: 'x', serviceId: 'db7' })
    const asked: string[] = []
    const tasksByService = new Map(
      [...first.tasksByService].map(([id, held]) => {
        const watched = new Map(id === 'db7' ? [[touched.id, touched]] : held)
        watched.values = () => {
          asked.push(id)
          return Map.prototype.values.call(watched)
        }
        return [id, watched]
      }),
    )
    const seen = { ...first, tasksByService: new Map(tasksByService).set('db7', new Map()) }
    const { changed, residency } = advance(before, { ...first, tasksByService }, 2000, seen)
    expect(asked).toEqual(['db7'])
    expect(changed).toEqual(['db7'])
    expect(residency.get('db8')).toBe(before.get('db8'))
  })

  const anyTask = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      nodeId: fc.constantFrom('w1', 'w2', 'w9', null),
      state: fc.constantFrom(...taskStates),
      createdAt: fc.nat({ max: 900 }),
      lasted: fc.nat({ max: 900 }),
      slot: fc.constantFrom(1, 2, null),
      source: fc.constantFrom('pgdata', 'data-{{.Task.Slot}}', 'other'),
      containerId: fc.constantFrom('c', null),
    })
    .map(({ lasted, source, ...task }) =>
      aTask({
        ...task,
        serviceId: 'db',
        since: task.createdAt + lasted,
        volumes: [source],
      }),
    )
  const anyState = fc
    .record({
      tasks: fc.uniqueArray(anyTask, { maxLength: 4, selector: ({ id }) => id }),
      mode: fc.constantFrom<Service['mode']>(
        { kind: 'global' },
        { kind: 'replicated', replicas: 1 },
        { kind: 'replicated', replicas: 2 },
      ),
      lost: fc.constantFrom<Node['state']>('ready', 'down', 'unknown'),
      removed: fc.boolean(),
    })
    .map(({ tasks, mode, lost, removed }) => {
      const spec = aSpec({
        mounts: [aMount({ source: 'pgdata' }), aMount({ source: 'data-{{.Task.Slot}}' })],
      })
      const among = [aNode({ id: 'w1', state: lost }), aNode({ id: 'w2' })]
      return removed
        ? aState({ nodes: among, tasks })
        : swarm(tasks, db({ mode, spec }), among)
    })

  test('property: the same state once more changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 5 }), (states) => {
        let residency = nothing
        states.forEach((state, i) => {
          const now = 2000 + i
          residency = advance(residency, state, now).residency
          const again = advance(residency, state, now + 1)
          expect(again.residency).toBe(residency)
          expect(again.changed).toEqual([])
        })
      }),
      { numRuns: 500 },
    )
  })

  test('property: looking only at what differs finds the same as looking at all', () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 5 }), (states) => {
        let whole = nothing
        let partly = nothing
        let seen: ClusterState | null = null
        states.forEach((state, i) => {
          whole = advance(whole, state, 2000 + i).residency
          partly = advance(partly, state, 2000 + i, seen).residency
          seen = state
          expect(partly).toEqual(whole)
        })
      }),
      { numRuns: 500 },
    )
  })

  test('property: stays are newest first, none ends before it begins', () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 5 }), (states) => {
        const stays = staysAfter(...states)
        stays.forEach(({ from, to }, i) => {
          expect(to ?? from).toBeGreaterThanOrEqual(from)
          expect(stays[i - 1]?.from ?? from).toBeGreaterThanOrEqual(from)
        })
      }),
      { numRuns: 500 },
    )
  })
})
