import { aNode } from '@skep/shared/contract/cluster.fixture'
import { expect, test } from 'vitest'
import { roleSentence } from './node-words.ts'

const leader = {
  leader: true,
  reachability: 'reachable',
  address: '10.0.0.1:2377',
} as const

test.each([
  [aNode({ role: 'worker', manager: null }), 'Worker.'],
  [aNode({ role: 'manager', manager: leader }), 'Manager, leader.'],
  [
    aNode({ role: 'worker', manager: null, status: 'down', availability: 'drain' }),
    'Worker. Availability drain.',
  ],
])('beside its status, a node is said to be (%#) %2$s', (node, sentence) => {
  expect(roleSentence(node)).toBe(sentence)
})
