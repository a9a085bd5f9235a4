import { aNode, aService, aSlot } from '@skep/shared/contract/cluster.fixture'
import { expect, test } from 'vitest'
import { leftOn } from './left-on-node.ts'

const on = (node: string, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const slot = aSlot(i + 1, null)
    return { ...slot, tasks: slot.tasks.map((task) => ({ ...task, node })) }
  })

test('what is left is counted by service, the most first', () => {
  const services = [
    aService({ name: 'a', slots: on('w1', 1) }),
    aService({ name: 'b', slots: [...on('w1', 2), ...on('w2', 3)] }),
    aService({ name: 'c', slots: on('w2', 3) }),
  ]
  const node = aNode({ tasks: { running: 3, live: 4 } })
  expect(leftOn(node, services)).toEqual({
    byService: [
      { service: 'b', tasks: 2, isJob: false },
      { service: 'a', tasks: 1, isJob: false },
    ],
    stopping: 1,
  })
})

test('a task that has ended is not left; one of a job is, and is told apart', () => {
  const services = [
    aService({ slots: [aSlot(1, 'exit 1')] }),
    aService({ name: 'job', mode: 'replicated-job', slots: on('w1', 1) }),
  ]
  expect(leftOn(aNode({ tasks: { running: 1, live: 1 } }), services)).toEqual({
    byService: [{ service: 'job', tasks: 1, isJob: true }],
    stopping: 0,
  })
})
