import type { Attention } from '@skep/shared/contract/attention'
import type { Statefulness, Storage } from '@skep/shared/contract/stateful'
import { describe, expect, test } from 'vitest'
import { aNode, aService, aSpec, aTask, byId, factsOf } from './entities.fixture.ts'
import type { Stay } from './residency.ts'
import type { Service, Task } from './state.ts'
import { withStateAttention } from './state-attention.ts'

const aStorage = (fields: Partial<Storage> = {}): Storage => ({
  kind: 'local-volume',
  source: 'pgdata',
  subpath: null,
  target: '/data',
  driver: null,
  readOnly: false,
  holdsData: true,
  why: '',
  perTask: false,
  ...fields,
})

const aFinding = (fields: Partial<Statefulness> = {}): Statefulness => ({
  service: 'db',
  stack: null,
  class: 'durable-single',
  classWhy: 'two replicas share the volume pgdata',
  overruled: false,
  product: null,
  storage: [aStorage()],
  placement: 'unpinned',
  placementWhy: 'nothing pins it',
  pinnedTo: null,
  pinnedBy: null,
  ifItMoves: 'starts-empty',
  ifItMovesWhy: '',
  copies: 1,
  residency: [],
  moved: [],
  lastMoved: null,
  backup: null,
  drill: null,
  ...fields,
})

const row = (kind: Attention['kind'], detail = '0 of 1 running'): Attention => ({
  id: `${kind}:db`,
  kind,
  tone: 'critical',
  subject: { kind: 'service', name: 'db' },
  title: 'db is down',
  detail,
  cause: 'no suitable node',
  since: null,
})

const nodes = [
  aNode({ id: 'w1', state: 'down' }),
  aNode({ id: 'w2' }),
  aNode({ id: 'w3', state: 'down' }),
]
const lost = aTask({ id: 'a', nodeId: 'w1', desired: 'shutdown' })
const elsewhere = aTask({ id: 'b', nodeId: 'w2' })
const stay = (nodeId: string, to: number | null = null): Stay => ({
  volume: 'pgdata',
  nodeId,
  node: nodeId,
  from: 1,
  to,
})

function rows(
  finding: Partial<Statefulness>,
  {
    tasks = [],
    stays = [],
    held = null,
    mode,
    labels = {},
  }: {
    tasks?: Task[]
    stays?: Stay[]
    held?: Attention | null
    mode?: Service['mode']
    labels?: Record<string, string>
  },
): Attention[] {
  const service = aService({
    name: 'db',
    mode: mode ?? { kind: 'replicated', replicas: 1 },
    spec: aSpec({ labels }),
  })
  const around = { tasks: byId(tasks), nodes: factsOf(nodes), stays }
  return withStateAttention(held, service, aFinding(finding), around)
}

describe('data on a node that is down', () => {
  test.each<{
    why: string
    finding?: Partial<Statefulness>
    tasks?: Task[]
    stays?: Stay[]
    found: Partial<Attention>
  }>([
    {
      why: 'its task may run there still',
      tasks: [lost],
      found: {
        id: 'state-stranded:db',
        tone: 'critical',
        title: 'db has its data on w1, which is down',
        detail: 'what became of it is not known',
      },
    },
    {
      why: 'another task runs elsewhere meanwhile: without the data',
      tasks: [lost, elsewhere],
      finding: { placement: 'misplaced' },
      found: { kind: 'state-stranded', detail: 'it runs on w2, without that data' },
    },
    {
      why: 'the swarm has forgotten the task, the ledger has not',
      tasks: [elsewhere],
      stays: [stay('w2'), stay('w1')],
      found: { title: 'db has its data on w1, which is down' },
    },
    {
      why: 'a bind mount is as local as a volume',
      finding: { storage: [aStorage({ kind: 'bind', source: '/srv/pg' })] },
      tasks: [lost],
      found: { kind: 'state-stranded' },
    },
    {
      why: 'one of several members can be missed',
      finding: {
        class: 'durable-clustered',
        storage: [aStorage({ source: 'es-{{.Task.Slot}}', perTask: true })],
      },
      tasks: [elsewhere],
      stays: [{ ...stay('w1'), volume: 'es-2' }],
      found: {
        tone: 'warning',
        title: 'db has a member and its data on w1, which is down',
        detail: 'its other members run on w2',
      },
    },
    {
      why: 'more than one node is down',
      tasks: [lost, aTask({ id: 'c', nodeId: 'w3' })],
      found: { title: 'db has its data on w1 and w3, which are down' },
    },
  ])('is told: $why', ({ finding = {}, tasks = [], stays = [], found }) => {
    expect(rows(finding, { tasks, stays })).toMatchObject([found])
  })

  test.each(['service-down', 'service-degraded', 'unplaced'] as const)(
    'is told once: %s says it',
    (kind) => {
      const found = rows({ placement: 'misplaced' }, { tasks: [lost], held: row(kind) })
      expect(found).toEqual([
        { ...row(kind), detail: '0 of 1 running; its data is on w1, which is down' },
      ])
    },
  )

  test('is told unless a label says that it is elsewhere', () => {
    const of = (home: string) =>
      rows({}, { tasks: [lost, elsewhere], labels: { 'skep.home': home } })
    expect(of('w1').map(({ kind }) => kind)).toEqual(['state-stranded'])
    expect(of('w2')).toEqual([])
  })

  test('is told beside a row about something else', () => {
    const found = rows({}, { tasks: [lost], held: row('update-paused') })
    expect(found.map(({ kind }) => kind)).toEqual(['update-paused', 'state-stranded'])
  })

  test.each<{
    why: string
    finding?: Partial<Statefulness>
    stays?: Stay[]
    mode?: Service['mode']
  }>([
    { why: 'it holds none', finding: { class: 'stateless' } },
    { why: 'it rebuilds itself', finding: { class: 'soft' } },
    { why: 'it is kept outside', finding: { class: 'external' } },
    {
      why: 'no mount is known to hold any',
      finding: { storage: [aStorage({ holdsData: null })] },
    },
    { why: 'the data belongs to the node', mode: { kind: 'global' } },
  ])('is none where $why', ({ finding = {}, mode }) => {
    expect(
      rows(finding, { tasks: [lost], stays: [stay('w1')], ...(mode && { mode }) }),
    ).toEqual([])
  })

  test.each<{ stays: Stay[]; why: string }>([
    { stays: [stay('w1', 2)], why: 'that it left before' },
    { stays: [stay('gone')], why: 'that was removed' },
    { stays: [stay('w2')], why: 'that is in contact' },
    { stays: [{ ...stay('w1'), volume: 'logs' }], why: 'that has none of its data' },
  ])('is none on a node $why', ({ stays }) => {
    expect(rows({}, { tasks: [elsewhere], stays })).toEqual([])
  })
})

describe('data elsewhere', () => {
  const finding = {
    placement: 'misplaced',
    moved: [
      {
        volume: 'pgdata',
        from: 'w1',
        until: '2026-11-21T14:02:00.000Z',
        to: 'w2',
        found: 'probably-empty',
      },
    ],
    lastMoved: '2026-11-21T14:02:00.000Z',
  } satisfies Partial<Statefulness>

  test('is a row of its own', () => {
    expect(rows(finding, { tasks: [elsewhere] })).toEqual([
      {
        id: 'misplaced:db',
        kind: 'misplaced',
        tone: 'warning',
        subject: { kind: 'service', name: 'db' },
        title: 'db does not run where its data is',
        detail:
          'pgdata lived on w1 before, now on w2: probably empty there. If its data was brought along, the label skep.home=w2 says so.',
        cause: null,
        since: '2026-11-21T14:02:00.000Z',
      },
    ])
  })

  test('whatever pins it there', () => {
    const pinned = { ...finding, pinnedTo: 'w2', pinnedBy: 'node.hostname==w2' }
    expect(rows(pinned, { tasks: [elsewhere] })).toMatchObject([{ id: 'misplaced:db' }])
  })

  test('names no home where there are several', () => {
    const moved = [...finding.moved, { ...finding.moved[0], to: 'w3' }]
    const [found] = rows({ ...finding, moved } as Partial<Statefulness>, {
      tasks: [elsewhere],
    })
    expect(found?.detail).not.toContain('skep.home')
  })

  test('stands beside what the tasks ask for', () => {
    const found = rows(finding, { tasks: [elsewhere], held: row('flapping') })
    expect(found.map(({ id }) => id)).toEqual(['flapping:db', 'misplaced:db'])
  })
})

test('replicas that do not share their data are told with the reason', () => {
  expect(rows({ class: 'replicas-on-local' }, { tasks: [elsewhere] })).toMatchObject([
    {
      id: 'replicas-on-local:db',
      tone: 'warning',
      title: 'db keeps different data on each node',
      detail: 'two replicas share the volume pgdata',
    },
  ])
})

test('what is well asks for nothing', () => {
  expect(
    rows({ placement: 'pinned' }, { tasks: [elsewhere], stays: [stay('w2')] }),
  ).toEqual([])
})
