import { expect, test } from 'vitest'
import { figureOf, type Use } from './polling.ts'

const polling: Use = {
  cpu: 500,
  engine: 400,
  bytes: 9_000_000,
  calls: 3,
  resident: 90_000,
  states: 10,
}
const ours: Use = { ...polling, cpu: 20, bytes: 40_000 }

test('who costs less while as much moves is below', () => {
  expect(figureOf(10_000, ours, polling).reached).toBe(true)
  expect(figureOf(10_000, { ...ours, states: 11.4 }, polling).reached).toBe(true)
  expect(figureOf(10_000, { ...ours, cpu: 600 }, polling).reached).toBe(false)
})

test.each([8, 12, 0])('%d states a second are not compared with 10', (states) => {
  const figure = figureOf(10_000, { ...ours, states }, polling)
  expect(figure.reached).toBe(false)
  expect(figure.result).toMatch(`not comparable: ${states} and 10 task states a second`)
})

test('a swarm in which nothing moved compares nobody', () => {
  const still = { states: 0 }
  expect(figureOf(10_000, { ...ours, ...still }, { ...polling, ...still }).reached).toBe(
    false,
  )
})
