import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('what is asked of one thing waits for what was asked before, also when that failed', async () => {
  const inTurn = createTurns()
  const told: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = inTurn('a', async () => {
    await gate.promise
    told.push('first')
    throw new Error('it fails')
  })
  const second = inTurn('a', async () => void told.push('second'))
  const other = inTurn('b', async () => void told.push('other'))
  await other
  gate.resolve()
  await expect(first).rejects.toThrow('it fails')
  await second
  expect(told).toEqual(['other', 'first', 'second'])
})
