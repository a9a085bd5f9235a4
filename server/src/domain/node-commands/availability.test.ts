import { expect, test } from 'vitest'
import { called, checkIds, look, m1, on, outcomes, w } from './node-commands.fixture.ts'

const pause = { kind: 'pause' } as const
const activate = { kind: 'activate' } as const
const drained = (id: string) => w(id, { availability: 'drain' })

test('a pause touches no task, and says what then has nowhere to go', () => {
  const pinned = called('db', { constraints: ['node.hostname==w1'] })
  const agent = called('agent', {}, { mode: { kind: 'global' } })
  const { preview, write } = look({
    asked: pause,
    services: [pinned, agent],
    tasks: [on('w1', 'db'), on('w1', 'agent', { slot: null })],
  })
  expect(preview.tasks).toEqual([])
  expect(preview.losesOnlyNode).toEqual(['db'])
  expect(checkIds(preview)).toEqual(['only-node-lost', 'global-not-restarted'])
  expect(write).toEqual({ kind: 'update', change: { availability: 'pause' } })
})

test('an activation brings what waits and what belongs on every node', () => {
  const pinned = called('db', { constraints: ['node.hostname==w1'] })
  const agent = called('agent', {}, { mode: { kind: 'global' } })
  const { preview } = look({
    asked: activate,
    nodes: [m1, drained('w1'), w('w2')],
    services: [pinned, agent, called('api')],
    tasks: [
      on('w1', 'db', { nodeId: null, state: 'pending' }),
      on('w2', 'agent', { slot: null }),
      ...[1, 2].map((slot) => on('w2', 'api', { slot })),
    ],
  })
  expect(preview.gains.map(({ service, tasks }) => [service, tasks])).toEqual([
    ['agent', 1],
    ['db', 1],
  ])
  expect(preview.button).toBe('Activate w1 (starts 2)')
  expect(preview.afterwards).toBe(
    'Tasks do not move back by themselves. To spread api again, restart it: 2 tasks restart.',
  )
})

test('a global service whose policy is none does not come back to where it ran', () => {
  const restart = { condition: 'none', delayNs: 0, maxAttempts: 0, windowNs: 0 } as const
  const once = called('once', { restart }, { mode: { kind: 'global' } })
  const old = on('w1', 'once', { slot: null, state: 'shutdown', desired: 'shutdown' })
  const { preview } = look({
    asked: activate,
    nodes: [m1, drained('w1')],
    services: [once],
    tasks: [old],
  })
  expect(preview.gains).toEqual([])
})

test('a global service whose attempts are used up does not come back either', () => {
  const restart = { condition: 'any', delayNs: 0, maxAttempts: 1, windowNs: 0 } as const
  const worn = called('worn', { restart }, { mode: { kind: 'global' } })
  const ended = (id: string, at: number, state: 'failed' | 'shutdown') =>
    on('w1', 'worn', { id, slot: null, state, desired: 'shutdown', createdAt: at })
  const { preview } = look({
    asked: activate,
    nodes: [m1, drained('w1')],
    services: [worn],
    tasks: [ended('a', 1, 'failed'), ended('b', 2, 'shutdown')],
  })
  expect(preview.gains).toEqual([])
})

test('an activation throws off what a label took away meanwhile', () => {
  const ssd = called('db', { constraints: ['node.labels.disk==ssd'] })
  const { preview } = look({
    asked: activate,
    nodes: [m1, w('w1', { availability: 'pause' }), w('w2', { labels: { disk: 'ssd' } })],
    services: [ssd],
    tasks: [on('w1', 'db')],
  })
  expect(outcomes(preview)).toEqual({ db: ['moves'] })
})

test.each([
  { asked: pause, availability: 'pause' as const },
  { asked: activate, availability: 'active' as const },
])('$asked.kind of a node that is so already is refused', ({ asked, availability }) => {
  const nodes = [m1, w('w1', { availability })]
  expect(look({ asked, nodes, services: [], tasks: [] }).write).toBeNull()
})
