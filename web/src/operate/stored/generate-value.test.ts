import { expect, test } from 'vitest'
import {
  alphabetNames,
  alphabets,
  generated,
  lengthOf,
  strength,
} from './generate-value.ts'

test.each(alphabetNames)('%s: as long as asked, and of its letters only', (alphabet) => {
  const value = generated(500, alphabet)
  expect(value).toHaveLength(500)
  const letters: string = alphabets[alphabet].letters
  expect([...value].filter((char) => !letters.includes(char))).toEqual([])
})

test('bytes that would make some letters likelier are thrown away', () => {
  // 62 letters: 248 and above would fall on the first eight.
  const value = generated(2, 'alphanumeric', (into) => {
    into.fill(255)
    into.set([248, 61, 251, 62])
  })
  expect(value).toBe('9A')
})

test('two of them differ', () => {
  expect(generated(32, 'alphanumeric')).not.toBe(generated(32, 'alphanumeric'))
})

test.each([
  ['32', 32],
  [' 8 ', 8],
  ['7', 'Fewer than 8 can be guessed.'],
  ['4097', 'More than 4,096 is not possible.'],
  ['3x', 'Type a whole number, such as 32.'],
])('a length of "%s" is %s', (text, length) => {
  expect(lengthOf(text)).toBe(length)
})

test('its strength is said in bits', () => {
  expect(strength(32, 'hex')).toBe(128)
  expect(strength(32, 'alphanumeric')).toBe(190)
})
