import { expect, test } from 'vitest'
import { cleaned, transcriptOf } from './transcript.ts'

test('neither columns nor steps nor the order of ids are told', () => {
  const printed = `ID       NAME    NODE   STATE
<short>   cli.2   m3     Running <ago>
<short>   cli.1   m1     Running <ago>
overall progress: 0 out of 2 tasks
1/2: preparing
verify: Waiting <ago> to verify that tasks are stable...
verify: Service cli converged
`
  expect(cleaned(printed)).toEqual([
    'ID  NAME  NODE  STATE',
    '<short>  cli.1  <node>  Running <ago>',
    '<short>  cli.2  <node>  Running <ago>',
  ])
})

test('a transcript is made of commands in the order of their names', () => {
  const told = new Map([
    ['node list', ['status 200']],
    ['docker, a 02: docker b', ['y']],
    ['docker, a 01: docker a', ['x', 'z']],
  ])
  expect(transcriptOf(told)).toBe('$ docker a\nx\nz\n\n$ docker b\ny\n')
})
