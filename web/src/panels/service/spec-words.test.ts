import { expect, test } from 'vitest'
import { failureWords, resourceWords, restartWords, seconds } from './spec-words.ts'

test.each([
  [0, '0 s'],
  [1_500_000_000, '1.5 s'],
  [90_000_000_000, '90 s'],
  [120_000_000_000, '2 min'],
])('%i ns is %s', (ns, text) => {
  expect(seconds(ns)).toBe(text)
})

test('says what a restart policy does', () => {
  const restart = { delayNs: 0, windowNs: 120e9, maxAttempts: 3 }
  expect(restartWords({ ...restart, condition: 'on-failure' })).toBe(
    'on failure, at most 3 times in 2 min',
  )
  expect(restartWords({ ...restart, condition: 'any', maxAttempts: 0 })).toBe(
    'always, without limit',
  )
  expect(restartWords({ ...restart, condition: 'none' })).toBe('never')
})

test('says what ends an update', () => {
  const pace = {
    parallelism: 1,
    delayNs: 0,
    order: 'stop-first',
    monitorNs: 5e9,
    maxFailureRatio: 0,
    failureAction: 'pause',
  } as const
  expect(failureWords(pace)).toBe('pauses at the first')
  expect(failureWords({ ...pace, maxFailureRatio: 0.2 })).toBe(
    'pauses above a ratio of 0.2',
  )
  expect(failureWords({ ...pace, failureAction: 'continue' })).toBe('goes on')
})

test('leaves out what is not limited', () => {
  expect(resourceWords({ nanoCpus: 0, memoryBytes: 0 })).toBe('none')
  expect(resourceWords({ nanoCpus: 5e8, memoryBytes: 0 })).toBe('0.5 CPU')
})
