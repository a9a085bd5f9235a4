import { expect, test } from 'vitest'
import { aTask } from './preview.fixture.ts'
import {
  absenceSentence,
  candidateWords,
  ranges,
  slotWords,
  taskGroups,
} from './task-groups.ts'

test('five hundred tasks are as many lines as there are things to say', () => {
  const many = Array.from({ length: 500 }, (_, i) =>
    aTask(i + 1, { service: `s${i % 50}`, ...(i === 7 && { candidates: ['w2'] }) }),
  )
  const [group, ...others] = taskGroups(many)
  expect(others).toEqual([])
  expect(group).toMatchObject({ key: 'moves', count: 500, isRisk: false })
  expect(group?.services).toHaveLength(50)
  expect(group?.services.flatMap(({ sorts }) => sorts)).toHaveLength(51)
})

test('groups come in the order in which they are read, data at risk last', () => {
  const tasks = [
    aTask(1, { service: 'db', outcome: 'waits', data: 'unknown' }),
    aTask(2, { service: 'agent', outcome: 'stops' }),
    aTask(3, { service: 'db', data: 'starts-empty' }),
    aTask(4, { data: 'keeps' }),
  ]
  expect(taskGroups(tasks).map(({ key, count }) => [key, count])).toEqual([
    ['moves', 2],
    ['waits', 1],
    ['stops', 1],
    ['data', 2],
  ])
})

test('the service with the most tasks comes first', () => {
  const tasks = [aTask(1, { service: 'a' }), aTask(1), aTask(2)]
  expect(taskGroups(tasks)[0]?.services.map(({ service }) => service)).toEqual(['web', 'a'])
})

test('what is not to be feared is said in one line', () => {
  expect(absenceSentence(taskGroups([aTask(1)]))).toBe(
    'None: may wait, will wait, not replaced, fails, data at risk.',
  )
})

test.each([
  { numbers: [3, 1, 2, 7], words: '1–3, 7' },
  { numbers: [1, 2], words: '1, 2' },
  { numbers: [5, 5], words: '5' },
])('$numbers: $words', ({ numbers, words }) => {
  expect(ranges(numbers)).toBe(words)
})

test('slots are named, those of global services are their node', () => {
  expect(slotWords([aTask(1), aTask(2), aTask(3)])).toBe('slots 1–3')
  expect(slotWords([aTask(0, { slot: 'w1' })])).toBeNull()
})

test.each([
  { candidates: [], words: null },
  { candidates: ['w2'], words: 'to w2, the only node that takes it' },
  { candidates: ['w2', 'w3'], words: 'to w2 or w3' },
  {
    candidates: ['a', 'b', 'c', 'd', 'e', 'f'],
    words: 'to a, b, c, d or one of 2 more',
  },
])('$candidates: $words', ({ candidates, words }) => {
  expect(candidateWords(candidates)).toBe(words)
})
