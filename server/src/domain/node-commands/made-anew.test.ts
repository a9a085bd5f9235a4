import type { NodeAsked } from '@skep/shared/contract/node-commands'
import { describe, expect, test } from 'vitest'
import { aMount } from '../entities.fixture.ts'
import type { Resources, Service, Spec, Task } from '../state.ts'
import { called, checkIds, fourNodes, look, m1, on, w } from './node-commands.fixture.ts'

const rack: NodeAsked = { kind: 'labels', set: ['rack=1'], unset: [] }
const paused = {
  state: 'paused',
  startedAt: 0,
  completedAt: null,
  message: 'update paused due to failure or early termination of task x',
} as const

const agent = (spec: Partial<Spec> = {}, fields: Partial<Service> = {}): Service =>
  called('agent', spec, { mode: { kind: 'global' }, image: 'agent:v2', ...fields })
const old = (node: string, fields: Partial<Task> = {}): Task =>
  on(node, 'agent', { slot: null, image: 'agent:v1', upToDate: false, ...fields })
const newer = (node: string, fields: Partial<Task> = {}): Task =>
  on(node, 'agent', { slot: null, image: 'agent:v2', ...fields })
const memory = (memoryBytes: number): Resources => ({ nanoCpus: 0, memoryBytes })

describe('a global task that is not on the spec of today', () => {
  test('is made anew by any change of a label', () => {
    const { preview } = look({
      asked: rack,
      services: [agent()],
      tasks: [old('w1'), newer('w2'), old('w3')],
    })
    expect(preview.tasks).toMatchObject([
      { slot: 'w1', outcome: 'moves', candidates: ['w1'], blockedBy: null },
    ])
    expect(preview.sentence).toBe(
      '1 label changes: rack. No task is evicted. 1 task is made anew here.',
    )
    expect(preview.button).toBe('Label w1 (renews 1)')
    expect(preview.services).toMatchObject([{ running: 3, lowest: 2, settles: 3 }])
    expect(checkIds(preview)).toContain('made-anew')
  })

  test('is made anew by an activation, of the spec that came while it was paused', () => {
    const { preview } = look({
      asked: { kind: 'activate' },
      nodes: [m1, w('w1', { availability: 'pause' }), w('w2')],
      services: [agent()],
      tasks: [old('w1'), newer('w2')],
    })
    expect(preview.tasks).toMatchObject([{ outcome: 'moves', candidates: ['w1'] }])
    expect(preview.gains).toEqual([])
    expect(preview.sentence).toBe('w1 takes tasks again. 1 task is made anew here.')
    expect(preview.button).toBe('Activate w1 (renews 1)')
  })

  test('is made anew by a change of the role', () => {
    const { preview } = look({
      asked: { kind: 'promote' },
      services: [agent()],
      tasks: [old('w1'), newer('w2')],
    })
    expect(preview.tasks).toMatchObject([{ outcome: 'moves', candidates: ['w1'] }])
    expect(preview.button).toBe('Promote w1 (renews 1)')
    expect(preview.afterwards).toBe('1 task is made anew here.')
  })

  test('fails where the update to that spec is paused', () => {
    const { preview } = look({
      asked: rack,
      services: [agent({}, { update: paused })],
      tasks: [old('w1'), old('w2'), newer('w3', { state: 'failed' })],
    })
    expect(preview.tasks).toMatchObject([{ outcome: 'fails', candidates: ['w1'] }])
    expect(checkIds(preview)).toEqual(
      expect.arrayContaining(['made-anew', 'made-anew-in-vain']),
    )
    expect(checkIds(preview)).not.toContain('fails-elsewhere')
  })

  test('takes with it what it keeps in its container, and leaves a volume where it is', () => {
    const anonymous = [aMount({ source: null })]
    const look1 = (mounts: Spec['mounts']) =>
      look({
        asked: rack,
        services: [agent({ mounts })],
        tasks: [old('w1'), newer('w2')],
      }).preview
    expect(look1([aMount()]).tasks).toMatchObject([{ data: 'keeps' }])
    const lost = look1(anonymous)
    expect(lost.tasks).toMatchObject([{ data: 'starts-empty' }])
    expect(checkIds(lost)).toContain('data-lost')
    expect(checkIds(lost)).not.toContain('data-at-risk')
    expect(lost.typed).toBe('w1')
  })

  test('waits where the new spec asks for more than the node has left', () => {
    const small = fourNodes.map((node) => ({ ...node, resources: memory(8e9) }))
    const { preview } = look({
      asked: rack,
      nodes: small,
      services: [agent({ reservations: memory(6e9) }), called('api')],
      tasks: [
        old('w1', { reserved: memory(1e9) }),
        on('w1', 'api', { reserved: memory(3e9) }),
      ],
    })
    expect(preview.tasks).toMatchObject([
      {
        outcome: 'waits',
        candidates: [],
        blockedBy: 'too little left to reserve on 1 node',
      },
    ])
  })

  test('may wait where what waits already could take its room', () => {
    const small = fourNodes.map((node) => ({ ...node, resources: memory(8e9) }))
    const big = called('big', {
      reservations: memory(6e9),
      constraints: ['node.hostname==w1'],
    })
    const { preview } = look({
      asked: rack,
      nodes: small,
      services: [agent({ reservations: memory(3e9) }), big],
      tasks: [
        old('w1', { reserved: memory(3e9) }),
        newer('w2', { reserved: memory(3e9) }),
        on('w1', 'big', { nodeId: null, state: 'pending', reserved: memory(6e9) }),
      ],
    })
    expect(preview.tasks).toMatchObject([{ service: 'agent', outcome: 'may-wait' }])
    expect(preview.gains).toMatchObject([{ service: 'big', tasks: 1, sure: 0 }])
  })

  test.each([
    { is: 'paused', node: w('w1', { availability: 'pause' }) },
    { is: 'drained', node: w('w1', { availability: 'drain' }) },
  ])('is let be on a node that stays $is', ({ node }) => {
    const { preview } = look({
      asked: rack,
      nodes: [m1, node, w('w2')],
      services: [agent()],
      tasks: [old('w1'), newer('w2')],
    })
    expect(preview.tasks).toEqual([])
    expect(checkIds(preview)).not.toContain('evicts-on-activation')
  })
})

test('a replicated task that is not on the spec of today is let be', () => {
  const { preview } = look({
    asked: rack,
    services: [called('api', {}, { image: 'api:v2' })],
    tasks: [on('w1', 'api', { image: 'api:v1', upToDate: false })],
  })
  expect(preview.tasks).toEqual([])
})
