import { expect, test } from 'vitest'
import { counted, matches, numeral, withoutLabel } from './words.ts'

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

test.each([
  ['Update paused: 3 tasks failed', 'Update paused', '3 tasks failed'],
  ['Accepted: 0 of 4 updated.', 'Accepted', '0 of 4 updated.'],
  ['3 of 3 running', 'Converged', '3 of 3 running'],
])('%j beside "%s" says "%s"', (sentence, label, rest) => {
  expect(withoutLabel(sentence, label)).toBe(rest)
})
