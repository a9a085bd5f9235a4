import { expect, test } from 'vitest'
import { aNode, aService, aState, aTask } from './entities.fixture.ts'
import { taskHistory } from './task-history.ts'

test('the history of a replicated service: by slot, newest first', () => {
  const service = aService()
  const tasks = [
    aTask({ id: 'a', slot: 2, createdAt: 1 }),
    aTask({ id: 'b', slot: 1, createdAt: 1, state: 'failed', exitCode: 3, error: 'no' }),
    aTask({ id: 'c', slot: 1, createdAt: 5, containerId: 'abc' }),
    aTask({ id: 'other', serviceId: 'db' }),
  ]
  const history = taskHistory(aState({ services: [service], tasks }), service)
  expect(history.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  expect(history[0]).toMatchObject({ containerId: 'abc', image: 'demo/web:v1' })
  expect(history[1]).toMatchObject({ exitCode: 3, error: 'no', nodeLost: false })
})

test('of a global one: by node', () => {
  const service = aService({ mode: { kind: 'global' } })
  const nodes = [aNode({ id: 'n1', hostname: 'zed' }), aNode({ id: 'n2', hostname: 'abe' })]
  const tasks = [
    aTask({ id: 'a', slot: null, nodeId: 'n1', createdAt: 2 }),
    aTask({ id: 'b', slot: null, nodeId: 'n2', createdAt: 1 }),
    aTask({ id: 'c', slot: null, nodeId: 'n2', createdAt: 3 }),
  ]
  const history = taskHistory(aState({ services: [service], nodes, tasks }), service)
  expect(history.map(({ id, node }) => `${id} ${node}`)).toEqual([
    'c abe',
    'b abe',
    'a zed',
  ])
})
