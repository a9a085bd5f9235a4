import { SwarmState } from '@skep/shared/contract/swarm'
import { describe, expect, test } from 'vitest'
import { aManager, aNode, byId, swarmFacts, threeNodes } from './entities.fixture.ts'
import type { Node, SwarmFacts } from './state.ts'
import { swarmView } from './swarm.ts'

const view = (facts: Partial<SwarmFacts>, nodes: readonly Node[] = threeNodes) =>
  swarmView(swarmFacts(facts), byId(nodes), null, 0)

const away = (id: string) => aManager({ id }, { reachability: 'unreachable' })

describe('a live swarm', () => {
  test.each([
    {
      nodes: threeNodes,
      sentence: '3 of 3 managers reachable; the swarm can lose 1.',
      next: null,
    },
    {
      nodes: [aManager({ id: 'n1' }), aManager({ id: 'n2' })],
      sentence: '2 of 2 managers reachable; the swarm can lose none.',
      next: null,
    },
    { nodes: [aManager()], sentence: 'The one manager is reachable.', next: null },
    {
      nodes: [...threeNodes.slice(1), away('m9')],
      sentence: '2 of 3 managers reachable; losing one more stops all changes.',
      next: 'Bring m9 back, or demote what is lost and promote another node.',
    },
    {
      nodes: [...threeNodes, aManager({ id: 'n4' }), away('m9')],
      sentence: '4 of 5 managers reachable; it can lose 1.',
      next: 'Bring m9 back, or demote what is lost and promote another node.',
    },
    { nodes: [], sentence: 'The swarm answers.', next: null },
  ])('$sentence', ({ nodes, sentence, next }) => {
    expect(view({}, nodes)).toMatchObject({ state: 'live', sentence, next })
  })

  test('names its leader', () => {
    expect(view({}).leader).toBe('n1')
    expect(view({}, [aNode()]).leader).toBeNull()
  })

  test('says who has yet to report, for as long as that is no alarm', () => {
    const message = 'Node moved to "unknown" state due to leadership change in cluster'
    const nodes = byId([aManager(), aNode({ id: 'n2', state: 'unknown', message })])
    const at = (now: number) => swarmView(swarmFacts(), nodes, 35_000, now).sentence
    expect(at(34_999)).toBe('The swarm has a new leader; 1 node has yet to report to it.')
    expect(at(35_000)).toBe('The one manager is reachable.')
  })
})

describe('a swarm that does not answer', () => {
  const states = SwarmState.options.filter((state) => state !== 'live')

  test.each(states)('%s has a sentence of its own', (state) => {
    const others = states
      .filter((other) => other !== state)
      .map((s) => view({ state: s }).sentence)
    expect(view({ state }).sentence).toMatch(/^[A-Z].*\.$/)
    expect(others).not.toContain(view({ state }).sentence)
  })

  test.each(states.filter((state) => state !== 'connecting'))(
    '%s has a next step',
    (state) => {
      expect(view({ state }).next).toMatch(/\.$/)
    },
  )

  test('keeps the words of the engine', () => {
    const cause = 'rpc error: code = Unknown desc = The swarm does not have a leader.'
    expect(view({ state: 'no-quorum', cause }).cause).toBe(cause)
  })

  test('without quorum claims no more of the managers than is known', () => {
    expect(view({ state: 'no-quorum' })).toMatchObject({
      sentence:
        'The swarm cannot accept changes: fewer than 2 of 3 managers are reachable. Running tasks continue.',
      managers: { total: 3, reachable: 1, canLose: 0 },
    })
    expect(view({ state: 'no-quorum' }, []).sentence).toBe(
      'The swarm cannot accept changes: too few managers are reachable. Running tasks continue.',
    )
  })
})
