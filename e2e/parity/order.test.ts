import { expect, test } from 'vitest'
import { orderLines } from './order.ts'

const seen = (...sequences: string[]) =>
  orderLines(sequences.map((states) => ({ states: states.split(' ') })))

test('states that were not seen are no disorder', () => {
  expect(
    seen(
      'new pending assigned accepted preparing ready starting running shutdown',
      'running failed',
      'preparing rejected',
      'complete remove',
      'assigned',
      'running orphaned',
    ),
  ).toEqual(['every task that was seen'])
})

test('a state that comes before its time, or again, is told with all beside it', () => {
  expect(
    seen(
      'assigned running',
      'assigned starting preparing running',
      'running ready running',
      'running ready running',
      'failed running',
    ),
  ).toEqual([
    'not: assigned → starting → preparing → running',
    'not: failed → running',
    'not: running → ready → running',
  ])
})

test('a word that is no state is told', () => {
  expect(seen('assigned sleeping')).toEqual(['not: assigned → sleeping'])
  expect(seen('sleeping')).toEqual(['not: sleeping'])
})

test('of no task nothing is known', () => {
  expect(orderLines([])).toEqual(['no task was seen'])
})
