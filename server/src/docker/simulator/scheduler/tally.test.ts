import { expect, test } from 'vitest'
import { Tally } from './tally.ts'

test('counts each key by itself, and forgets those that came to zero', () => {
  const tally = new Tally()
  tally.add('web', 1)
  tally.add('web', 1)
  tally.add('db', 1)
  expect([tally.of('web'), tally.of('db'), tally.of('other')]).toEqual([2, 1, 0])
  tally.add('web', -1)
  tally.add('db', -1)
  expect([tally.of('web'), tally.of('db')]).toEqual([1, 0])
  expect(tally.size).toBe(1)
})
