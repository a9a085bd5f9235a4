import { expect, test } from 'vitest'
import { observed } from './observation.ts'

const particulars = { engine: '28.5.2', api: '1.51', minApi: '1.24' }
const wishes = (json: unknown) =>
  observed(
    { status: 200, headers: {}, body: Buffer.from(JSON.stringify(json)) },
    particulars,
  )
    .filter((line) => line.includes('wanted'))
    .sort()

const task = (DesiredState: string, State: string) => ({ DesiredState, Status: { State } })

test('of a list of tasks, what each is wanted to be is told beside what it is', () => {
  const list = [
    task('shutdown', 'running'),
    task('running', 'pending'),
    task('running', 'pending'),
  ]
  expect(wishes(list)).toEqual([
    '[] wanted running, is pending',
    '[] wanted shutdown, is running',
  ])
})

test('other answers have no such lines', () => {
  expect(wishes([{ ID: 'a' }, null, 'b'])).toEqual([])
  expect(wishes(task('running', 'running'))).toEqual([])
})
