import { expect, test } from 'vitest'
import { digestOfText } from './digest-of-text.ts'

test('texts that differ in one place, or in length only, have different digests', () => {
  const base = 'a'.repeat(64)
  const texts = [
    '',
    'a',
    ...Array.from({ length: 20_000 }, (_, i) => `${base}${i}`),
    ...Array.from({ length: 64 }, (_, i) => `${base.slice(0, i)}b${base.slice(i + 1)}`),
    ...Array.from({ length: 500 }, (_, i) => '\0'.repeat(i + 1)),
  ]
  const digests = texts.map(digestOfText)
  expect(new Set(digests).size).toBe(texts.length)
  // Each of the four lanes does its part.
  for (const lane of [0, 8, 16, 24]) {
    const parts = new Set(digests.map((digest) => digest.slice(lane, lane + 8)))
    expect(parts.size).toBeGreaterThan(texts.length - 5)
  }
})

test('a digest is the same for the same text', () => {
  expect(digestOfText('spec')).toBe(digestOfText('spec'))
  expect(digestOfText('spec')).toMatch(/^[0-9a-f]{32}$/)
})
