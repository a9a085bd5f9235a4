import { expect, test } from 'vitest'
import { unbroken } from './unbroken.ts'

test('a number stays with its unit, and with nothing else', () => {
  expect(unbroken('1 at a time, 10 s between, 2 GiB of 4 services, 5 min')).toBe(
    '1 at a time, 10\u00a0s between, 2\u00a0GiB of 4 services, 5\u00a0min',
  )
})
