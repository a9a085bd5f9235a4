import type { Service } from '@skep/shared/contract/service'
import { expect, test } from 'vitest'
import { pinnedOn } from './stateful-by-node.ts'

const service = (placement: string, ...tasks: [node: string, state: string][]) =>
  ({
    state: { class: 'durable-single', placement, ifItMoves: 'refuses' },
    slots: [{ tasks: tasks.map(([node, state]) => ({ node, state })) }],
  }) as unknown as Service

test('counts the tasks that run on a node and can run nowhere else', () => {
  const services = {
    db: service('pinned', ['w1', 'running'], ['w1', 'complete']),
    queue: service('pinned', ['w2', 'running']),
    cache: service('unpinned', ['w1', 'running']),
  }
  expect(pinnedOn(services, 'w1')).toBe(1)
  expect(pinnedOn(services, 'w3')).toBe(0)
})
