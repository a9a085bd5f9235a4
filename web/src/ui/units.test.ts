import { expect, test } from 'vitest'
import { bytes, bytesOf, cpus } from './units.ts'

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KiB'],
  [512 * 1024 ** 2, '512 MiB'],
  [2_040_109_466, '1.9 GiB'],
  [5000 * 1024 ** 4, '5000 TiB'],
])('%i bytes are "%s"', (amount, text) => {
  expect(bytes(amount)).toBe(text)
})

test.each([
  [0, 4 * 1024 ** 3, '0 of 4 GiB'],
  [6.5 * 1024 ** 3, 32 * 1024 ** 3, '6.5 of 32 GiB'],
  [512 * 1024 ** 2, 4 * 1024 ** 3, '512 MiB of 4 GiB'],
])('%i of %i bytes are "%s"', (part, whole, text) => {
  expect(bytesOf(part, whole)).toBe(text)
})

test.each([
  [0, '0'],
  [250_000_000, '0.25'],
  [4_000_000_000, '4'],
])('%i billionths of a processor are "%s"', (nano, text) => {
  expect(cpus(nano)).toBe(text)
})
