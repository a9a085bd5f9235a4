import { expect, test } from 'vitest'
import { counted, matches, numeral } from './words.ts'

test.each([
  ['', true, 'nothing asked for'],
  ['work N3', true, 'parts of words, in any order and case'],
  ['manager n3', false, 'every word must be there'],
  ['3 worker ', true, 'spaces are no words'],
  ['workern3', false, 'words do not run together across texts'],
])('%j: %s, %s', (question, found) => {
  expect(matches(question, 'Worker', null, 'n3')).toBe(found)
})

test('a count is grouped from a thousand on', () => {
  expect(numeral(999)).toBe('999')
  expect(counted(10_475, 'task')).toBe('10,475 tasks')
})
