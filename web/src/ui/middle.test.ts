import { expect, test } from 'vitest'
import { middle } from './middle.ts'

test('what fits stays whole', () => {
  expect(middle('web:2.8.1', 9)).toBe('web:2.8.1')
})

test('the end survives, the length holds', () => {
  const short = middle('registry.example.com/team/payments-api:2.8.1', 24)
  expect(short).toHaveLength(24)
  expect(short.startsWith('regis')).toBe(true)
  expect(short.endsWith('-api:2.8.1')).toBe(true)
})
