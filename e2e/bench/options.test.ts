import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('sorts the parts by the swarm that they are measured on', () => {
  const { real, filled, simulated, into } = readOptions([
    '--only',
    'storm,real-scale,idle',
    '--into',
    'real-scale',
  ])
  expect({ real, filled, simulated, into }).toEqual({
    real: ['idle'],
    filled: ['real-scale'],
    simulated: ['storm'],
    into: 'real-scale',
  })
})

test('of the parts, the long one and the profile are measured where they are named alone', () => {
  const { real, filled, simulated } = readOptions([])
  expect([real.length, filled.length, simulated.length]).toEqual([8, 0, 5])
  expect(readOptions(['--only', 'profile']).simulated).toEqual(['profile'])
})

test('names the option that is wrong', () => {
  expect(() => readOptions(['--only', 'scales'])).toThrow('--only scales is not known')
  expect(() => readOptions(['--into', '../x'])).toThrow('--into ../x')
  expect(() => readOptions(['--engine', '19'])).toThrow('--engine 19')
})
