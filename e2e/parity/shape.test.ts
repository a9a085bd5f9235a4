import { expect, test } from 'vitest'
import { fieldsOf } from './shape.ts'

const options = {
  particulars: { engine: '28.5.2', api: '1.51', minApi: '1.24' },
  literal: /Message$|Replicas$/,
}

test('every field is told with its type, and where it matters with its value', () => {
  const node = {
    ID: 'rylkqwivn8o1m7jx1kdqzwihh',
    Version: { Index: 7 },
    Labels: {},
    Plugins: [],
    Leader: null,
    Message: 'ready on 10.99.0.1',
    Replicas: 3,
    Name: 'web',
  }
  expect(fieldsOf(node, options)).toEqual([
    'ID <id>',
    'Labels {}',
    'Leader null',
    'Message = "ready on <address>"',
    'Name string',
    'Plugins[]',
    'Replicas = 3',
    'Version.Index number',
  ])
})

test('the elements of a list are told together', () => {
  expect(fieldsOf([{ a: 1 }, { a: 'x', b: true }], options)).toEqual([
    '[].a number',
    '[].a string',
    '[].b boolean',
    '[].{b}',
    '[].{}',
  ])
})

test('of what only some elements have, each combination is told, at every depth', () => {
  const list = [
    { ID: 'a', Status: { State: 'running', Code: 0 } },
    { ID: 'b', Status: { State: 'failed', Code: 1, Err: 'no' }, Slot: 1 },
    { ID: 'c', Status: { State: 'pending' }, Slot: 2 },
    { ID: 'd', Status: { State: 'pending' }, Slot: 3 },
  ]
  expect(fieldsOf(list, options).filter((line) => line.includes('{'))).toEqual([
    '[].Status.{Code,Err}',
    '[].Status.{Code}',
    '[].Status.{}',
    '[].{Slot}',
    '[].{}',
  ])
  const whole = list.slice(2)
  expect(fieldsOf(whole, options).filter((line) => line.includes('{'))).toEqual([])
})

test('a value alone is told as well', () => {
  expect(fieldsOf('text', options)).toEqual(['. string'])
})
