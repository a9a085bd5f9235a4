import { expect, test } from 'vitest'
import type { Resources } from '../state.ts'
import { called, fourNodes, look, on } from './node-commands.fixture.ts'

const memory = (memoryBytes: number): Resources => ({ nanoCpus: 0, memoryBytes })
const nodes = fourNodes.map((node) => ({ ...node, resources: memory(8e9) }))
const mode = { kind: 'global' } as const
const onW1 = ['node.hostname==w1']

const agent = called('agent', { reservations: memory(3e9) }, { mode })
const runs = on('w1', 'agent', { slot: null, reserved: memory(3e9) })
const waits = (service: string, bytes: number) =>
  on('w1', service, { nodeId: null, state: 'pending', reserved: memory(bytes) })

test('what waits may take the room of a global task before it is back', () => {
  const big = called('big', { reservations: memory(6e9), constraints: onW1 })
  const { preview } = look({
    nodes,
    services: [agent, big],
    tasks: [runs, waits('big', 6e9)],
  })
  expect(preview.tasks).toMatchObject([
    { service: 'agent', outcome: 'stops', returns: null },
  ])
})

test.each([
  { is: 'that leaves it enough', bytes: 5e9, constraints: onW1 },
  { is: 'that is too large for this node', bytes: 9e9, constraints: [] },
  { is: 'that may not run here', bytes: 6e9, constraints: ['node.hostname==m1'] },
])('what waits $is does not', ({ bytes, constraints }) => {
  const big = called('big', { reservations: memory(bytes), constraints })
  const tasks = [runs, waits('big', bytes)]
  const { preview } = look({ nodes, services: [agent, big], tasks })
  expect(preview.tasks).toMatchObject([{ service: 'agent', returns: true }])
})

test('those that ran here together find room here together', () => {
  const small = called('small', { reservations: memory(1e9) }, { mode })
  const db = called('db', { reservations: memory(4e9), constraints: onW1 })
  const { preview } = look({
    nodes,
    services: [agent, small, db],
    tasks: [
      runs,
      on('w1', 'small', { slot: null, reserved: memory(1e9) }),
      on('w1', 'db', { reserved: memory(4e9) }),
    ],
  })
  expect(preview.tasks).toMatchObject([
    { service: 'agent', returns: true },
    { service: 'db', outcome: 'waits' },
    { service: 'small', returns: true },
  ])
})
