import { expect, test } from 'vitest'
import { changesOf } from './watch-message.ts'

test('one change for each event, in their order', () => {
  const events = [
    { action: 1, object: { task: { id: 't1', serviceId: 's1' } } },
    { action: 2, object: { service: { id: 's1' } } },
    { action: 4, object: { node: { id: 'n1' } } },
    { action: 2, object: { task: { id: 't2', serviceId: '' } } },
  ]
  expect(changesOf({ events })).toEqual([
    { kind: 'task', action: 'create', id: 't1', serviceId: 's1' },
    { kind: 'service', action: 'update', id: 's1', serviceId: null },
    { kind: 'node', action: 'remove', id: 'n1', serviceId: null },
    { kind: 'task', action: 'update', id: 't2', serviceId: null },
  ])
})

test('the message that says "established", and objects we do not know, are no changes', () => {
  expect(changesOf({})).toEqual([])
  expect(changesOf({ events: [{ action: 2, object: {} }, { action: 8 }] })).toEqual([])
})
