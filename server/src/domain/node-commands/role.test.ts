import { describe, expect, test } from 'vitest'
import { aManager } from '../entities.fixture.ts'
import { called, checkIds, look, on, outcomes, w } from './node-commands.fixture.ts'

const managers = (...reachable: boolean[]) =>
  reachable.map((is, i) =>
    aManager(
      { id: `m${i + 1}` },
      { leader: i === 0, reachability: is ? 'reachable' : 'unreachable' },
    ),
  )
const demote = (node: string, nodes: ReturnType<typeof managers>) =>
  look({ asked: { kind: 'demote' }, node, nodes, services: [], tasks: [] })

describe('a demotion', () => {
  test.each([
    {
      is: 'of the last manager',
      nodes: managers(true),
      node: 'm1',
      blocks: ['last-manager'],
    },
    { is: 'that leaves one of one', nodes: managers(true, true), node: 'm2', blocks: [] },
    {
      is: 'with one of three away',
      nodes: managers(true, true, false),
      node: 'm2',
      blocks: ['breaks-quorum'],
    },
    {
      is: 'of the one that is away',
      nodes: managers(true, true, false),
      node: 'm3',
      blocks: [],
    },
    { is: 'with all there', nodes: managers(true, true, true), node: 'm3', blocks: [] },
    {
      is: 'with two of five away',
      nodes: managers(true, true, true, false, false),
      node: 'm3',
      blocks: ['breaks-quorum'],
    },
  ])('$is: blocks $blocks', ({ nodes, node, blocks }) => {
    const { preview, write } = demote(node, nodes)
    const found = preview.checks.filter(({ level }) => level === 'block')
    expect(found.map(({ id }) => id)).toEqual(blocks)
    expect(write === null).toBe(blocks.length > 0)
  })

  test('says the arithmetic', () => {
    const { preview } = demote('m2', managers(true, true, false))
    expect(preview.checks[0]?.sentence).toBe(
      '2 of 3 managers are reachable. Without m2 1 of 2 are, and 2 are needed: the quorum would be lost, so the swarm refuses.',
    )
    expect(preview.quorum).toMatchObject({
      managers: 3,
      reachable: 2,
      managersThen: 2,
      needed: 2,
      reachableThen: 1,
    })
  })

  test('of the leader is warned of', () => {
    expect(checkIds(demote('m1', managers(true, true, true)).preview)).toContain(
      'is-leader',
    )
  })

  test('moves what must run on a manager', () => {
    const pinned = called('dash', { constraints: ['node.role==manager'] })
    const { preview } = look({
      asked: { kind: 'demote' },
      node: 'm3',
      nodes: managers(true, true, true),
      services: [pinned],
      tasks: [on('m3', 'dash')],
    })
    expect(outcomes(preview)).toEqual({ dash: ['moves'] })
  })
})

describe('a promotion', () => {
  test('to an even number is warned of', () => {
    const nodes = [...managers(true, true, true), w('w1')]
    const { preview, write } = look({
      asked: { kind: 'promote' },
      nodes,
      services: [],
      tasks: [],
    })
    expect(checkIds(preview)).toContain('even-managers')
    expect(write).toEqual({ kind: 'update', change: { role: 'manager' } })
  })

  test('of a node that is down is refused', () => {
    const nodes = [...managers(true), w('w1', { state: 'down' })]
    const { write } = look({ asked: { kind: 'promote' }, nodes, services: [], tasks: [] })
    expect(write).toBeNull()
  })
})

test('a demotion of the manager that the console talks to is told of', () => {
  const nodes = managers(true, true, true)
  const scene = { asked: { kind: 'demote' }, nodes, services: [], tasks: [] } as const
  const told = (node: string) =>
    checkIds(look({ ...scene, node, swarm: { nodeId: 'm2' } }).preview)
  expect(told('m2')).toContain('console-blinded')
  expect(told('m3')).not.toContain('console-blinded')
})
