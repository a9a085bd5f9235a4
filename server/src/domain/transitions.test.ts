import { describe, expect, test } from 'vitest'
import { aManager, aNode, aService, aState, aTask } from './entities.fixture.ts'
import { instant } from './instant.ts'
import { createProjector, type View } from './projection.ts'
import { replay } from './recording.fixture.ts'
import type { Node, Service, SwarmFacts, Task } from './state.ts'
import { transitions } from './transitions.ts'

const minute = 60_000
const running = [1, 2, 3].map((slot) => aTask({ id: `t${slot}`, slot }))
const nodes = [aManager({ id: 'n1' }, { leader: true }), aNode({ id: 'n2' })]

type Parts = {
  services?: Service[]
  nodes?: Node[]
  tasks?: Task[]
  swarm?: Partial<SwarmFacts>
}

/** What was said from one state to the next; each starts from a swarm that is well. */
function news(after: Parts, before: Parts = {}): string[] {
  const well: Parts = { services: [aService()], nodes, tasks: running }
  const projector = createProjector()
  const [first, second] = [before, after].map((parts) =>
    projector.project(aState({ ...well, ...parts }), minute),
  )
  if (!first || !second) throw new Error('two views, or there is no news')
  return transitions(first, second, instant(minute)).map(
    ({ subject, tone, sentence }) => `${subject.kind} ${tone}: ${sentence}`,
  )
}

const replicas = (count: number) =>
  aService({ mode: { kind: 'replicated', replicas: count } })
const status = (fields: Partial<Node>) => [
  nodes[0] ?? aNode(),
  aNode({ id: 'n2', ...fields }),
]
const leadership = 'Node moved to "unknown" state due to leadership change in cluster'

describe('what happened', () => {
  test.each<{ before?: Parts; after: Parts; said: string[]; why: string }>([
    { after: {}, said: [], why: 'nothing' },
    {
      after: { services: [aService(), aService({ id: 'db', name: 'db' })] },
      said: ['service neutral: db was created'],
      why: 'a new service',
    },
    {
      after: { services: [] },
      said: ['service neutral: web was removed'],
      why: 'one fewer',
    },
    {
      after: { services: [replicas(4)] },
      said: ['service progress: web was scaled from 3 to 4'],
      why: 'scaled up',
    },
    {
      before: { services: [replicas(5)] },
      after: { services: [replicas(4)] },
      said: ['service neutral: web was scaled from 5 to 4'],
      why: 'scaled, and still not there',
    },
    {
      after: { services: [replicas(0)], tasks: [] },
      said: ['service neutral: web was scaled to 0'],
      why: 'scaled to nothing',
    },
    {
      after: { tasks: running.slice(1) },
      said: ['service progress: web is no longer converged: 2 of 3 running, 1 on the way'],
      why: 'a task is gone',
    },
    {
      before: { tasks: running.slice(1) },
      after: {},
      said: ['service ok: web converged: 3 of 3 on the current spec'],
      why: 'and back',
    },
    {
      after: { nodes: status({ state: 'down' }) },
      said: ['node critical: n2 went down'],
      why: 'a node is lost',
    },
    {
      before: { nodes: status({ state: 'down' }) },
      after: {},
      said: ['node ok: n2 is back'],
      why: 'and found',
    },
    {
      after: { nodes: status({ availability: 'drain' }) },
      said: ['node neutral: n2 is drained'],
      why: 'nothing was on it',
    },
    {
      after: { nodes: [...nodes, aNode({ id: 'n3' })] },
      said: ['node neutral: n3 joined the swarm'],
      why: 'a machine more',
    },
    {
      after: { nodes: nodes.slice(0, 1) },
      said: ['node neutral: n2 was removed'],
      why: 'a machine less',
    },
    {
      after: { nodes: [nodes[0] ?? aNode(), aManager({ id: 'n2' })] },
      said: ['node neutral: n2 became a manager'],
      why: 'a promotion',
    },
    {
      before: { nodes: [nodes[0] ?? aNode(), aManager({ id: 'n2' })] },
      after: {
        nodes: [
          aManager({ id: 'n1', state: 'unknown', message: leadership }),
          aManager({ id: 'n2', state: 'unknown', message: leadership }, { leader: true }),
        ],
      },
      said: ['swarm neutral: n2 became the leader'],
      why: 'one line for a new leader, none for the silence that follows',
    },
    {
      before: { nodes: status({ state: 'unknown', message: leadership }) },
      after: {},
      said: [],
      why: 'nor for its end',
    },
    {
      after: { swarm: { state: 'no-quorum' } },
      said: [
        'swarm critical: The swarm cannot accept changes: fewer than 1 of 1 managers are reachable. Running tasks continue.',
      ],
      why: 'the swarm is out of action',
    },
    {
      before: { swarm: { state: 'engine-away' } },
      after: {},
      said: ['swarm ok: The swarm answers again.'],
      why: 'and back',
    },
    {
      before: { swarm: { state: 'connecting' }, nodes: [], services: [], tasks: [] },
      after: {},
      said: [],
      why: 'a first view is no news',
    },
  ])('$why', ({ before, after, said }) => {
    expect(news(after, before)).toEqual(said)
  })

  test('bears the instant it was seen at', () => {
    const projector = createProjector()
    const view = (services: Service[]): View =>
      projector.project(aState({ services }), minute)
    const [line] = transitions(view([]), view([aService()]), instant(minute))
    expect(line).toEqual({
      at: '1970-01-01T00:01:00.000Z',
      subject: { kind: 'service', name: 'web' },
      tone: 'neutral',
      sentence: 'web was created',
    })
  })
})

/** The news of a recording, in order. */
function told(recording: string): string[] {
  const projector = createProjector()
  let before: View | null = null
  const lines: string[] = []
  for (const { now, state } of replay(recording)) {
    for (let at: number | null = now; at !== null && at < now + 150; ) {
      const view = projector.project(state, at)
      if (before)
        lines.push(...transitions(before, view, '').map(({ sentence }) => sentence))
      before = view
      at = view.wakeAt
    }
  }
  return lines
}

describe('the news of a recording', () => {
  test('of an update that was paused', () => {
    expect(told('bad-crash-pause-28')).toEqual([
      'An update of web began: 0 of 3 updated',
      'web is paused: 0 of 3 updated',
    ])
  })

  test('of one that was rolled back', () => {
    expect(told('bad-crash-rollback-28')).toEqual([
      'An update of web began: 0 of 3 updated',
      'web began to roll back: 2 of 3 rolled back',
      'web was rolled back: 3 of 3 running',
    ])
  })

  test('of one that nothing stopped: its new tasks are no loss', () => {
    const [first, second] = told('bad-crash-continue-28')
    expect(first).toBe('An update of web began: 0 of 3 updated')
    expect(second).toMatch(/^web went down: /)
  })

  test('of a leader that was killed', () => {
    expect(told('leader-change-28')).toEqual(['m3 became the leader'])
  })
})
