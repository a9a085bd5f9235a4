import { expect, test } from 'vitest'
import { nextSort, readSort, sorted, writeSort } from './sort.ts'

test('numbers inside names count as numbers', () => {
  expect(sorted(['n10', 'n2', 'n1'], (name) => name, 'ascending')).toEqual([
    'n1',
    'n2',
    'n10',
  ])
})

test.each(['ascending', 'descending'] as const)('no value comes last, %s', (direction) => {
  expect(sorted([3, null, 1], (value) => value, direction).at(-1)).toBeNull()
})

test('a link keeps the sort', () => {
  for (const text of ['name', '-tasks']) expect(writeSort(readSort(text))).toBe(text)
})

test('asking for the same column again turns it around', () => {
  const first = nextSort(null, 'name')
  expect(first).toEqual({ key: 'name', direction: 'ascending' })
  expect(nextSort(first, 'name').direction).toBe('descending')
  expect(nextSort(nextSort(first, 'name'), 'tasks').direction).toBe('ascending')
})
