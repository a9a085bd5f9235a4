import type { Attention, AttentionKind } from '@skep/shared/contract/attention'
import { attentionKinds } from '@skep/shared/contract/attention'
import { describe, expect, test } from 'vitest'
import { attention, nodeAttention } from './attention.ts'
import { aManager, aNode, aTask, byId, swarmFacts, threeNodes } from './entities.fixture.ts'
import { nodeNames } from './names.ts'
import { nodeView } from './nodes.ts'
import type { Node, SwarmFacts, Task } from './state.ts'
import { swarmView } from './swarm.ts'

const row = (kind: AttentionKind, name: string, tone: Attention['tone'] = 'warning') => ({
  id: `${kind}:${name}`,
  kind,
  tone,
  subject: { kind: 'service' as const, name },
  title: '',
  detail: '',
  cause: null,
  since: null,
})

const ranked = (
  nodes: readonly Node[],
  facts: Partial<SwarmFacts> = {},
  rows: Attention[] = [],
) => attention(swarmView(swarmFacts(facts), byId(nodes), null, 0), [], rows)

test('the order of kinds is fixed; within one, the critical come first, then names', () => {
  const rows = [
    row('flapping', 'a'),
    row('node-down', 'z'),
    row('node-down', 'b', 'neutral'),
    row('node-down', 'a'),
    row('service-down', 'x'),
    row('node-down', 'y', 'critical'),
  ]
  const away = aManager({ id: 'm9' }, { reachability: 'unreachable' })
  const ids = ranked([...threeNodes.slice(1), away], {}, rows).map(({ id }) => id)
  expect(ids).toEqual([
    'quorum:swarm',
    'service-down:x',
    'node-down:y',
    'node-down:a',
    'node-down:z',
    'node-down:b',
    'flapping:a',
  ])
  expect(attentionKinds[0]).toBe('quorum')
})

test('of two services of one name, one made in place of the other, there is one row', () => {
  const both = [row('stuck', 'web'), { ...row('stuck', 'web'), detail: 'the newer' }]
  expect(ranked(threeNodes, {}, both)).toEqual([both[1]])
})

describe('the managers', () => {
  const of = (reachable: number, away: number) => [
    ...Array.from({ length: reachable }, (_, i) => aManager({ id: `m${i}` })),
    ...Array.from({ length: away }, (_, i) =>
      aManager({ id: `a${i}` }, { reachability: 'unreachable' }),
    ),
  ]
  test.each([
    { reachable: 3, away: 0, found: [], why: 'as it should be' },
    { reachable: 2, away: 1, found: ['quorum critical'], why: 'the spare one is gone' },
    { reachable: 4, away: 1, found: [], why: 'one of two spare ones is left' },
    { reachable: 1, away: 0, found: ['posture neutral'], why: 'a single point of failure' },
    { reachable: 4, away: 0, found: ['posture neutral'], why: 'an even number' },
    { reachable: 2, away: 0, found: ['posture neutral'], why: 'built without a spare one' },
    { reachable: 1, away: 1, found: ['quorum critical'], why: 'and lost one' },
    { reachable: 0, away: 0, found: [], why: 'nothing is known' },
  ])('$reachable reachable, $away away: $why', ({ reachable, away, found }) => {
    const rows = ranked(of(reachable, away)).map(({ kind, tone }) => `${kind} ${tone}`)
    expect(rows).toEqual(found)
  })

  test('without quorum the whole swarm is the first concern, in its own words', () => {
    const [first] = ranked(threeNodes, { state: 'no-quorum', cause: 'no leader', since: 7 })
    expect(first).toMatchObject({
      kind: 'quorum',
      tone: 'critical',
      cause: 'no leader',
      since: '1970-01-01T00:00:00.007Z',
    })
  })
})

describe('a node', () => {
  const minute = 60_000
  const leadership = 'Node moved to "unknown" state due to leadership change in cluster'
  const alarm = (fields: Partial<Node>, now: number, tasks: readonly Task[] = []) => {
    const node = aNode(fields)
    const view = nodeView(node, byId(tasks), nodeNames(byId([node])))
    return nodeAttention(node, view, 35_000, now)
  }

  test.each([
    { node: {}, found: null, why: 'it is well' },
    { node: { state: 'down' }, found: 'critical: n1 is down', why: 'it is not' },
    {
      node: { state: 'down', availability: 'drain' },
      found: 'neutral: n1 is down',
      why: 'it was drained first, so it was meant to go',
    },
    { node: { state: 'disconnected' }, found: 'warning: n1 is disconnected', why: '' },
    { node: { state: 'unknown' }, found: 'warning: n1 has not been heard of', why: '' },
    { node: { availability: 'pause' }, found: null, why: 'somebody paused it' },
  ] as const)('$node: $found, $why', ({ node, found }) => {
    const row = alarm(node, minute)
    expect(row && `${row.tone}: ${row.title}`).toBe(found)
  })

  test('is given 35 s to report to a new leader', () => {
    const silent = { state: 'unknown', message: leadership } as const
    expect(alarm(silent, 34_999)).toBeNull()
    expect(alarm(silent, 35_000)?.cause).toBe(leadership)
  })

  test('that is down says how much is out of sight', () => {
    const row = alarm({ state: 'down', message: 'heartbeat failure' }, 0, [aTask()])
    expect(row).toMatchObject({
      id: 'node-down:n1',
      detail: 'what became of 1 task is not known',
      cause: 'heartbeat failure',
    })
  })
})
