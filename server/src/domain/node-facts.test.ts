import { describe, expect, test } from 'vitest'
import { aNode, factsOf } from './entities.fixture.ts'
import { isLost, isSettling, keepFacts, nodeName } from './node-facts.ts'

const leadership = 'Node moved to "unknown" state due to leadership change in cluster'
const silent = aNode({ id: 'n2', state: 'unknown', message: leadership, updatedAt: 1000 })

describe('a node is lost', () => {
  test.each([
    { state: 'ready', lost: false },
    { state: 'unknown', lost: false },
    { state: 'disconnected', lost: false },
    { state: 'down', lost: true },
  ] as const)('when it is $state: $lost', ({ state, lost }) => {
    expect(isLost(factsOf([aNode({ state })]), 'n1')).toBe(lost)
  })

  test('when it was removed, but not before the nodes were read', () => {
    expect(isLost(factsOf([aNode()]), 'gone')).toBe(true)
    expect(isLost(factsOf([]), 'gone')).toBe(false)
    expect(isLost(factsOf([aNode()]), null)).toBe(false)
  })
})

test('nodes settle for 35 s after the last of them fell silent', () => {
  const facts = factsOf([aNode(), silent, { ...silent, id: 'n3', updatedAt: 2000 }])
  expect(facts.settlingUntil).toBe(37_000)
  expect(isSettling(facts, 36_999)).toBe(true)
  expect(isSettling(facts, 37_000)).toBe(false)
  expect(isSettling(factsOf([aNode()]), 0)).toBe(false)
})

test('a node that is gone is called by a piece of its id', () => {
  expect(nodeName(factsOf([aNode()]), 'abcdefghijklmnop')).toBe('abcdefghijkl')
})

describe('facts are kept', () => {
  const facts = factsOf([aNode(), silent])

  test('while nothing in them changes', () => {
    const later = aNode({
      version: 9,
      updatedAt: 5000,
      resources: { nanoCpus: 1, memoryBytes: 1 },
    })
    expect(keepFacts(facts, factsOf([later, silent]))).toBe(facts)
  })

  test.each([
    { nodes: [aNode()], why: 'a node is gone' },
    { nodes: [aNode({ labels: { a: 'b' } }), silent], why: 'a label may be a constraint' },
    { nodes: [aNode(), { ...silent, updatedAt: 1001 }], why: 'it fell silent again' },
  ])('and not when $why', ({ nodes }) => {
    expect(keepFacts(facts, factsOf(nodes))).not.toBe(facts)
  })
})
