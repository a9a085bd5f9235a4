import { type FilterId, filterIds } from '@skep/shared/contract/placement'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explanation, parseExplanation, sameExplanation } from './explanation.ts'

const times = (count: number, filter: FilterId): FilterId[] => Array(count).fill(filter)

describe('explanation', () => {
  test.each([
    ['ready', 'not available for new tasks'],
    ['resources', 'insufficient resources on'],
    ['plugins', 'missing plugin on'],
    ['constraints', 'scheduling constraints not satisfied on'],
    ['platform', 'unsupported platform on'],
    ['host-port', 'host-mode port already in use on'],
    ['volumes', 'cannot fulfill requested CSI volume mounts on'],
  ] as const)('words of %s, for one node and for several', (filter, words) => {
    const text = (count: number, nodes: string) =>
      filter === 'ready' ? `${count} ${nodes} ${words}` : `${words} ${count} ${nodes}`
    expect(explanation([filter], 'per-node')).toBe(text(1, 'node'))
    expect(explanation(times(12, filter), 'per-node')).toBe(text(12, 'nodes'))
  })

  test('replicas used up are told without a count', () => {
    expect(explanation(['max-replicas', 'max-replicas'], 'anywhere')).toBe(
      'no suitable node (max replicas per node limit exceed)',
    )
  })

  test('most refusals first, filters of the same count in their order', () => {
    const refusals = [
      ...times(2, 'host-port'),
      ...times(1, 'constraints'),
      ...times(1, 'ready'),
    ]
    expect(explanation(refusals, 'anywhere')).toBe(
      'no suitable node (host-mode port already in use on 2 nodes; 1 node not available for new tasks; scheduling constraints not satisfied on 1 node)',
    )
  })

  test('one node that passes leaves nothing to explain', () => {
    expect(explanation(['ready', null], 'anywhere')).toBeNull()
    expect(explanation([null], 'per-node')).toBeNull()
  })

  test('without nodes there is no more to say', () => {
    expect(explanation([], 'anywhere')).toBe('no suitable node')
    expect(explanation([], 'per-node')).toBeNull()
  })
})

/** As recorded from engines 20.10.24 and 28.5.2, on five nodes. */
const recorded = [
  [
    'no suitable node (scheduling constraints not satisfied on 5 nodes)',
    [['constraints', 5]],
  ],
  [
    'no suitable node (scheduling constraints not satisfied on 4 nodes; 1 node not available for new tasks)',
    [
      ['constraints', 4],
      ['ready', 1],
    ],
  ],
  ['no suitable node (insufficient resources on 5 nodes)', [['resources', 5]]],
  ['no suitable node (host-mode port already in use on 5 nodes)', [['host-port', 5]]],
  ['no suitable node (max replicas per node limit exceed)', [['max-replicas', null]]],
  ['no suitable node (missing plugin on 5 nodes)', [['plugins', 5]]],
  [
    'no suitable node (cannot fulfill requested CSI volume mounts on 5 nodes)',
    [['volumes', 5]],
  ],
  ['no suitable node', []],
  ['insufficient resources on 1 node', [['resources', 1]]],
] as const

describe('parseExplanation', () => {
  test.each(recorded)('%s', (text, counts) => {
    expect([...(parseExplanation(text) ?? [])]).toEqual(counts)
  })

  test.each([
    '',
    'No such image: demo/web:v9',
    'no suitable node (',
    'no suitable node ()',
    'no suitable node (insufficient resources on 1 nodes)',
    'insufficient resources on many nodes',
    'insufficient resources on 5 nodes; something new on 1 node',
  ])('%s is no explanation', (text) => {
    expect(parseExplanation(text)).toBeNull()
  })

  test('no text breaks it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseExplanation(text)).not.toThrow()
      }),
    )
  })
})

const refusals = fc.array(fc.constantFrom(...filterIds), { minLength: 1, maxLength: 40 })
const mode = fc.constantFrom('anywhere', 'per-node')

test('what is explained can be read back: the same filters, and every node once', () => {
  fc.assert(
    fc.property(refusals, mode, (all, how) => {
      const text = explanation(all, how) ?? ''
      const counts = parseExplanation(text) ?? new Map()
      expect(new Set(counts.keys())).toEqual(new Set(all))
      const untold = all.filter((one) => one === 'max-replicas').length
      const told = [...counts.values()].reduce((sum, count) => sum + (count ?? 0), 0)
      expect(told + untold).toBe(all.length)
    }),
  )
})

test('an explanation is the same as itself, in any order, and as no other', () => {
  const one =
    'no suitable node (missing plugin on 2 nodes; insufficient resources on 2 nodes)'
  const other = 'insufficient resources on 2 nodes; missing plugin on 2 nodes'
  expect(sameExplanation(one, other)).toBe(true)
  expect(sameExplanation(one, 'missing plugin on 2 nodes')).toBe(false)
  expect(sameExplanation(one, other.replace('2 nodes', '3 nodes'))).toBe(false)
  expect(sameExplanation('what is this', 'what is this')).toBe(false)
})
