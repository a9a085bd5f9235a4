import { describe, expect, test } from 'vitest'
import {
  aMount,
  aNode,
  aService,
  aSpec,
  aTask,
  byId,
  factsOf,
} from '../entities.fixture.ts'
import type { Stay } from '../residency.ts'
import type { Mode, Mount, Node } from '../state.ts'
import { history } from './history.ts'
import { placement } from './placement.ts'
import type { StateFacts } from './statefulness.ts'

const aWorker = (id: string, fields: Partial<Node> = {}) =>
  aNode({ id, labels: id === 'n3' ? {} : { disk: 'ssd' }, ...fields })
const three = [aWorker('n1'), aWorker('n2'), aWorker('n3')]

const stay = (node: string, from: number, to: number | null, volume = 'data'): Stay => ({
  volume,
  nodeId: node,
  node: `was-${node}`,
  from,
  to,
})

type More = {
  constraints?: readonly string[]
  mode?: Mode
  mount?: Partial<Mount>
  nodes?: readonly Node[]
  stays?: readonly Stay[]
  runsOn?: string
  labels?: Record<string, string>
  now?: number
}

function asked(more: More) {
  const service = aService({
    image: 'acme/api',
    mode: more.mode ?? { kind: 'replicated', replicas: 1 },
    spec: aSpec({
      mounts: [aMount(more.mount)],
      constraints: more.constraints ?? [],
      labels: more.labels ?? {},
    }),
  })
  const runsOn = more.runsOn
  const facts: StateFacts = {
    nodes: factsOf(more.nodes ?? three),
    tasks: byId(runsOn ? [aTask({ nodeId: runsOn })] : []),
    stays: more.stays ?? [],
    now: more.now ?? 0,
  }
  return { service, facts }
}

const judged = (more: More) => {
  const { service, facts } = asked(more)
  return placement(service, facts)
}

describe('how constraints hold a service', () => {
  test('pinned to the only node that they allow, and by which', () => {
    expect(
      judged({ constraints: ['node.platform.os==linux', 'node.id==n2'] }),
    ).toMatchObject({
      verdict: 'pinned',
      pinnedTo: 'n2',
      pinnedBy: 'node.id==n2',
    })
  })
  test('pinned by two together', () => {
    const constraints = ['node.labels.disk==ssd', 'node.hostname!=n1']
    expect(judged({ constraints })).toMatchObject({
      pinnedTo: 'n2',
      pinnedBy: 'node.labels.disk==ssd and node.hostname!=n1',
    })
  })
  test.each<Partial<Node>>([{ state: 'down' }, { availability: 'drain' }])(
    'pinned to a node, whatever it does: %j',
    (fields) => {
      const nodes = [aWorker('n1', fields), aWorker('n2')]
      const constraints = ['node.hostname==n1']
      expect(judged({ constraints, nodes }).verdict).toBe('pinned')
    },
  )
  test('loose where they allow some', () => {
    expect(judged({ constraints: ['node.labels.disk==ssd'] }).verdict).toBe('loose')
  })
  test('unpinned where they allow all, or there are none', () => {
    expect(judged({}).verdict).toBe('unpinned')
    expect(judged({ constraints: ['node.platform.os==linux'] }).verdict).toBe('unpinned')
    expect(judged({ nodes: [aWorker('n1')] }).verdict).toBe('unpinned')
  })
  test('unschedulable where they allow none, or none that takes tasks', () => {
    expect(judged({ constraints: ['node.labels.disk==tape'] }).verdict).toBe(
      'unschedulable',
    )
    const nodes = [
      aWorker('n1', { availability: 'drain' }),
      aWorker('n2', { state: 'down' }),
      aWorker('n3'),
    ]
    const constraints = ['node.labels.disk==ssd']
    expect(judged({ nodes, constraints }).verdict).toBe('unschedulable')
  })
  test('not unschedulable while the nodes report to a new leader', () => {
    const message = 'Node moved to "unknown" state due to leadership change in cluster'
    const nodes = three.map((node) => ({ ...node, state: 'unknown', message }) as const)
    expect(judged({ nodes, now: 1000 }).verdict).toBe('unpinned')
    expect(judged({ nodes, now: 60_000 }).verdict).toBe('unschedulable')
  })
  test('nothing to say where nothing is bound to a node', () => {
    expect(judged({ mount: { filesystem: 'nfs', device: ':/x' } }).verdict).toBeNull()
    expect(judged({ mount: { readOnly: true } }).verdict).toBeNull()
    expect(judged({ mode: { kind: 'global' } }).verdict).toBeNull()
  })
})

describe('where the data was', () => {
  const moved = [stay('n2', 10, null), stay('n1', 0, 10)]

  test('misplaced where its task runs elsewhere', () => {
    const { verdict, why } = judged({ stays: moved, runsOn: 'n2' })
    expect(verdict).toBe('misplaced')
    expect(why).toBe(
      'data was last written on n1, and its task runs on n2. If its data was brought along, the label skep.home=n2 says so.',
    )
  })
  test('misplaced where the node of its data is lost', () => {
    const nodes = [aWorker('n1', { state: 'down' }), aWorker('n2'), aWorker('n3')]
    const stays = [stay('n2', 10, null), stay('n1', 0, null)]
    expect(judged({ nodes, stays, runsOn: 'n2' }).verdict).toBe('misplaced')
  })
  test.each<[string, More]>([
    ['no task runs there', { stays: moved }],
    ['it was nowhere else', { stays: [stay('n2', 0, null)], runsOn: 'n2' }],
    [
      'another volume was elsewhere',
      { stays: [stay('n2', 9, null), stay('n1', 0, 5, 'x')], runsOn: 'n2' },
    ],
    [
      'several replicas have it',
      { stays: moved, runsOn: 'n2', mode: { kind: 'replicated', replicas: 2 } },
    ],
    [
      'every node has its own',
      { stays: moved, runsOn: 'n2', mount: { source: '{{.Node.ID}}' } },
    ],
    [
      'both run, as in an update',
      { stays: [stay('n2', 10, null), stay('n1', 0, null)], runsOn: 'n2' },
    ],
  ])('not misplaced where %s', (_, more) => {
    expect(judged(more).verdict).toBe('unpinned')
  })
  test('misplaced beside a pin that was changed: the data did not follow it', () => {
    const constraints = ['node.hostname==n2']
    expect(judged({ stays: moved, runsOn: 'n2', constraints })).toMatchObject({
      verdict: 'misplaced',
      pinnedTo: 'n2',
      pinnedBy: 'node.hostname==n2',
    })
  })
  test('a pin that has held for a week is taken for meant', () => {
    const week = 7 * 24 * 3600 * 1000
    const more = { stays: moved, runsOn: 'n2', constraints: ['node.hostname==n2'] }
    expect(judged({ ...more, now: 10 + week - 1 }).verdict).toBe('misplaced')
    expect(judged({ ...more, now: 10 + week }).verdict).toBe('pinned')
    const loose = { stays: moved, runsOn: 'n2', now: 10 + week }
    expect(judged(loose).verdict).toBe('misplaced')
  })
  test.each(['n2', ' N2 '])(
    'the label skep.home=%j says that its data is there',
    (home) => {
      const labels = { 'skep.home': home }
      const more = { stays: moved, runsOn: 'n2', labels }
      expect(judged(more).verdict).toBe('unpinned')
      expect(judged({ ...more, constraints: ['node.id==n2'] }).verdict).toBe('pinned')
      const { service, facts } = asked(more)
      expect(history(service, facts).moved).toEqual([])
    },
  )
  test('and of no other node', () => {
    const labels = { 'skep.home': 'n1' }
    expect(judged({ stays: moved, runsOn: 'n2', labels }).verdict).toBe('misplaced')
  })
  test('slot by slot where each has its own', () => {
    const more: More = {
      mode: { kind: 'replicated', replicas: 3 },
      mount: { source: 'd-{{.Task.Slot}}' },
      runsOn: 'n2',
    }
    const apart = [stay('n2', 10, null, 'd-1'), stay('n1', 0, null, 'd-2')]
    expect(judged({ ...more, stays: apart }).verdict).toBe('unpinned')
    const left = [stay('n2', 10, null, 'd-1'), stay('n1', 0, 10, 'd-1')]
    expect(judged({ ...more, stays: left }).verdict).toBe('misplaced')
  })

  test('is told with the time of the last move', () => {
    const { service, facts } = asked({ stays: moved, runsOn: 'n2' })
    expect(history(service, facts)).toMatchObject({
      moved: [
        {
          volume: 'data',
          from: 'n1',
          until: '1970-01-01T00:00:00.010Z',
          to: 'n2',
          found: 'probably-empty',
        },
      ],
      lastMoved: '1970-01-01T00:00:00.010Z',
    })
  })
  test('is told of the latest move, and of a copy that is there from before', () => {
    const stays = [stay('n1', 20, null), stay('n2', 10, 20), stay('n1', 0, 10)]
    const { service, facts } = asked({ stays })
    expect(history(service, facts).moved).toMatchObject([
      { from: 'n2', to: 'n1', found: 'older-copy' },
    ])
  })
  test('is listed with the names of today, or those of then', () => {
    const { service, facts } = asked({ stays: [stay('n1', 5, null), stay('gone', 0, 5)] })
    const { residency, lastMoved } = history(service, facts)
    expect(residency.map(({ node, to }) => [node, to])).toEqual([
      ['n1', null],
      ['was-gone', '1970-01-01T00:00:00.005Z'],
    ])
    expect(lastMoved).toBe('1970-01-01T00:00:00.005Z')
  })
  test('nothing moved that was in one place', () => {
    const { service, facts } = asked({ stays: [stay('n1', 5, null)] })
    expect(history(service, facts)).toMatchObject({
      moved: [],
      lastMoved: null,
    })
  })
})
