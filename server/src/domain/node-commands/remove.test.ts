import { expect, test } from 'vitest'
import { called, checkIds, look, m1, on, outcomes, w } from './node-commands.fixture.ts'

const remove = (force: boolean) => ({ kind: 'remove', force }) as const

test('a manager must be demoted first', () => {
  const { preview, write } = look({
    asked: remove(true),
    node: 'm1',
    services: [],
    tasks: [],
  })
  expect(checkIds(preview)).toContain('is-manager')
  expect(write).toBeNull()
})

test('a ready node is not removed without force, and with it the duplicates are told of', () => {
  const scene = { services: [called('api')], tasks: [on('w1', 'api')] }
  expect(look({ ...scene, asked: remove(false) }).write).toBeNull()
  const { preview, write } = look({ ...scene, asked: remove(true) })
  expect(checkIds(preview)).toContain('runs-on')
  expect(outcomes(preview)).toEqual({ api: ['moves'] })
  expect(write).toEqual({ kind: 'remove', force: true })
  expect(preview.typed).toBe('w1')
})

test('the labels and the data that go with a node are named', () => {
  const stay = { volume: 'pgdata', nodeId: 'w1', node: 'w1', from: 0, to: null }
  const { preview } = look({
    asked: remove(false),
    nodes: [m1, w('w1', { state: 'down', labels: { disk: 'ssd' } }), w('w2')],
    services: [called('db')],
    tasks: [],
    residency: new Map([['db', [stay]]]),
  })
  expect(preview.checks).toMatchObject([
    { id: 'data-left-behind', subjects: [{ kind: 'service', name: 'db' }] },
    { id: 'labels-lost' },
    { id: 'plain-containers-stay' },
  ])
})

test.each(['unknown', 'disconnected'] as const)(
  'a node that is %s may run on beside the replacements of its tasks',
  (state) => {
    const { preview, write } = look({
      asked: remove(false),
      nodes: [m1, w('w1', { state }), w('w2')],
      services: [called('api')],
      tasks: [on('w1', 'api')],
    })
    expect(checkIds(preview)).toContain('runs-on')
    expect(write).toEqual({ kind: 'remove', force: false })
  },
)
