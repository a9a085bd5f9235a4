import type { Placement } from '@skep/shared/contract/placement'
import { expect, test } from 'vitest'
import { askedFilters, byFit, fitSentence, unaskedSentence } from './placement-words.ts'

type NodeFit = Placement['nodes'][number]

const nodeFit = (node: string, fields: Partial<NodeFit> = {}): NodeFit => ({
  node,
  fits: false,
  first: 'resources',
  running: 0,
  verdicts: [
    { filter: 'ready', verdict: 'passes', sentence: null },
    {
      filter: 'resources',
      verdict: 'refuses',
      sentence: 'needs 2 GiB reserved, 1.2 GiB free',
    },
    { filter: 'plugins', verdict: 'not-asked', sentence: null },
  ],
  ...fields,
})

test('only filters that are asked make a column; the others are named in a sentence', () => {
  expect(askedFilters([nodeFit('w1')])).toEqual(['ready', 'resources'])
  expect(unaskedSentence([nodeFit('w1')])).toBe(
    'Nothing is asked of plugins, constraints, platform, host port, replicas per node and volumes.',
  )
})

test('nodes that take it come first, then those that cannot be told', () => {
  const nodes = [
    nodeFit('c'),
    nodeFit('b', { fits: null, first: null }),
    nodeFit('a'),
    nodeFit('d', { fits: true }),
  ]
  expect(byFit(nodes).map(({ node }) => node)).toEqual(['d', 'b', 'a', 'c'])
})

test('without room for a table a node says its first refusal, with the numbers', () => {
  expect(fitSentence(nodeFit('w1'))).toBe('Resources: needs 2 GiB reserved, 1.2 GiB free')
  expect(fitSentence(nodeFit('w1', { fits: true, first: null }))).toBe('Takes it.')
  expect(fitSentence(nodeFit('w1', { fits: null, first: null }))).toBe(
    'Cannot be told from here.',
  )
})
