import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formsOf } from './value-forms.fixture.ts'

const value = 'hunter2 "a/b+ü" 4711'
const isFound = (text: string) =>
  formsOf(value).some((form) => Buffer.from(text).includes(form))

test.each<[string, string]>([
  ['as it is', `x${value}y`],
  ['in JSON', JSON.stringify({ a: value })],
  ['in JSON within JSON', JSON.stringify({ a: JSON.stringify({ b: value }) })],
  ['in a URL', `/x?a=${encodeURIComponent(value)}`],
  ['in a form', new URLSearchParams({ a: value }).toString()],
  ['in hexadecimal', `\\x${Buffer.from(value).toString('hex')}`],
  ['in base64', Buffer.from(value).toString('base64')],
  ['in base64 for URLs', Buffer.from(`ab${value}`).toString('base64url')],
])('a value is found %s', (_, text) => {
  expect(isFound(text)).toBe(true)
})

test('it is found in base64 wherever it began, and whatever follows', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      expect(isFound(Buffer.from(before + value + after).toString('base64'))).toBe(true)
    }),
  )
})

test('another is not', () => {
  expect(isFound(`hunter3 ${Buffer.from('hunter2 "a/b').toString('base64')}`)).toBe(false)
})
