import { describe, expect, test } from 'vitest'
import { aNode, aService, aState } from './entities.fixture.ts'
import { db, nodes, on, ran, swarm } from './residency.fixture.ts'
import type { Residency } from './residency.ts'
import { heirs } from './residency-heirs.ts'
import { advance } from './residency-ledger.ts'
import { moves } from './residency-moves.ts'
import type { ClusterState } from './state.ts'

const withDown = (down: string) =>
  nodes.map(({ id }) => aNode({ id, state: id === down ? 'down' : 'ready' }))

/** What each state after the first told of. */
function told(...states: ClusterState[]): string[][] {
  let residency: Residency = new Map()
  return states.map((state, i) => {
    const next = advance(residency, state, 1000 * (i + 1))
    const found = moves(residency, next, state)
    residency = next.residency
    return found.map(({ sentence }) => sentence)
  })
}

describe('a volume moved', () => {
  const moved = 'db: volume pgdata was on w1, its task now runs on w2: probably empty there'

  test('when its task runs elsewhere, and only then', () => {
    const here = swarm([on('w1', 10)])
    const away = swarm([ran('w1', 10, 900), on('w2', 910)])
    const coming = swarm([ran('w1', 10, 900), on('w2', 910, { state: 'preparing' })])
    expect(told(here, coming, away, away)).toEqual([[], [], [moved], []])
  })

  test('when a start-first update has stopped the old task', () => {
    const both = swarm([on('w1', 10), on('w2', 910)])
    const one = swarm([ran('w1', 10, 2900), on('w2', 910)])
    expect(told(swarm([on('w1', 10)]), both, one)).toEqual([[], [], [moved]])
  })

  test('when its node went down', () => {
    const lost = swarm([on('w1', 10), on('w2', 910)], db(), withDown('w1'))
    expect(told(swarm([on('w1', 10)]), lost).at(-1)).toEqual([
      'db: volume pgdata was on w1, which is down; its task now runs on w2: probably empty there',
    ])
  })

  test('to where it was once: an older copy may be there', () => {
    const states = [
      swarm([on('w1', 10)]),
      swarm([ran('w1', 10, 900), on('w2', 910)]),
      swarm([ran('w1', 10, 900), ran('w2', 910, 1900), on('w1', 1910)]),
    ]
    expect(told(...states).at(-1)).toEqual([
      'db: volume pgdata was on w2, its task now runs on w1: an older copy may be there',
    ])
  })

  test.each<{ states: ClusterState[]; why: string }>([
    { states: [swarm([on('w1', 10)]), swarm([])], why: 'it stopped' },
    {
      states: [swarm([on('w1', 10)]), swarm([ran('w1', 10, 900), on('w1', 910)])],
      why: 'it restarted where it was',
    },
    { states: [swarm([ran('w1', 10, 900), on('w2', 910)])], why: 'nobody watched it move' },
    {
      states: [
        swarm([on('w1', 10)], db({ mode: { kind: 'global' } })),
        swarm([ran('w1', 10, 900), on('w2', 910)], db({ mode: { kind: 'global' } })),
      ],
      why: 'each node has its own',
    },
    {
      states: [swarm([on('w1', 10), on('w3', 10)]), swarm([on('w3', 10), on('w2', 910)])],
      why: 'replicas share it: no task stands for the data',
    },
  ])('not because $why', ({ states }) => {
    expect(told(...states).flat()).toEqual([])
  })
})

describe('a service that is deployed anew', () => {
  const stay = { volume: 'pgdata', nodeId: 'w1', node: 'w1', from: 1, to: 2 }
  const anew = aState({ services: [aService({ id: 'new', name: 'db' })], nodes })

  test('takes over what is known of the one of its name', () => {
    const found = heirs(new Map([['old', [stay]]]), new Map([['old', 'db']]), anew)
    expect([...found]).toEqual([['new', 'old']])
  })

  test.each<{ known: Residency; name: string; why: string }>([
    { known: new Map([['old', [stay]]]), name: 'web', why: 'of another name' },
    {
      known: new Map([['old', [{ ...stay, nodeId: 'x' }]]]),
      name: 'db',
      why: 'of another swarm',
    },
    {
      known: new Map([
        ['old', [stay]],
        ['new', [stay]],
      ]),
      name: 'db',
      why: 'once it has a past of its own',
    },
  ])('not $why', ({ known, name }) => {
    const names = new Map([...known.keys()].map((id) => [id, name]))
    expect(heirs(known, names, anew).size).toBe(0)
  })
})
