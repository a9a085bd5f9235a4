import { expect, test } from 'vitest'
import { nameProblem } from './stored-name.ts'

const problem = (name: string) => nameProblem(name, (one) => one === 'taken')

test.each(['a', 'db_password_v7', 'A.b-c_9', 'x'.repeat(64)])('%s is a name', (name) => {
  expect(problem(name)).toBeNull()
})

test.each([
  ['', /Give it a name/],
  ['-a', /Letters and digits/],
  ['a.', /Letters and digits/],
  ['a b', /Letters and digits/],
  ['a/b', /Letters and digits/],
  ['x'.repeat(65), /64 characters at most; this has 65/],
  ['taken', /There is one/],
])('"%s" is refused before the engine does', (name, words) => {
  expect(problem(name)).toMatch(words)
})
