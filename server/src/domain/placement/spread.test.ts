import { expect, test } from 'vitest'
import { aNode, aState, aTask } from '../entities.fixture.ts'
import { aDemand } from './placement.fixture.ts'
import { sitesOf } from './sites.ts'
import { likely } from './spread.ts'

const zones = { n1: 'east', n2: 'east', n3: 'west' } as const
const nodes = Object.entries(zones).map(([id, zone]) => aNode({ id, labels: { zone } }))

const onNodes = (...ids: string[]) => ids.map((nodeId, i) => aTask({ id: `t${i}`, nodeId }))

const order = (
  tasks: Parameters<typeof aState>[0]['tasks'],
  preferences: string[] = [],
  demand = aDemand(),
) => likely(demand, preferences, sitesOf(aState({ nodes, tasks: tasks ?? [] })).values())

test('fewest tasks of the service first, then fewest tasks', () => {
  const busy = aTask({ id: 'other', serviceId: 'service-other', nodeId: 'n2' })
  expect(order([...onNodes('n1'), busy])).toEqual(['n3', 'n2', 'n1'])
})

test('a preference weighs branches before nodes', () => {
  const tasks = onNodes('n1', 'n3', 'n3')
  expect(order(tasks, ['node.labels.zone'])).toEqual(['n2', 'n1', 'n3'])
  expect(order(onNodes('n1', 'n1'), ['Node.Labels.zone'])).toEqual(['n3', 'n2', 'n1'])
})

test('a missing label is a branch of its own', () => {
  expect(order(onNodes('n1'), ['node.labels.rack'])).toEqual(['n2', 'n3', 'n1'])
})

test('what cannot be spread over is passed over', () => {
  expect(order(onNodes('n1', 'n3', 'n3'), ['node.hostname'])).toEqual(['n2', 'n1', 'n3'])
})

test('nodes that refuse the task are left out', () => {
  const demand = aDemand({ constraints: ['node.labels.zone==east'] })
  expect(order(onNodes('n1'), [], demand)).toEqual(['n2', 'n1'])
})
