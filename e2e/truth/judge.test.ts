import type { AffectedTask } from '@skep/shared/contract/node-preview'
import { describe, expect, test } from 'vitest'
import { judge, type Observed } from './judge.ts'

const said = (change: Partial<AffectedTask>): AffectedTask => ({
  task: 't1',
  slot: '1',
  service: 'web',
  state: 'running',
  outcome: 'moves',
  candidates: ['w2'],
  blockedBy: null,
  returns: null,
  data: 'none',
  dataWhy: null,
  why: 'Only w2 takes it.',
  ...change,
})

const seen = (change: Partial<Observed>): Observed => ({
  task: 't1',
  service: 'web',
  slot: '1',
  fate: 'moves',
  touched: true,
  pathUnknown: false,
  specFails: false,
  data: null,
  words: '',
  returned: null,
  ...change,
})

const one = (announced: Partial<AffectedTask>, observed: Partial<Observed>) =>
  judge([said(announced)], [seen(observed)])[0]

describe('a prediction', () => {
  test.each(['moves', 'waits', 'stops', 'not-replaced', 'stays', 'fails'] as const)(
    '%s is right if just that was seen',
    (outcome) => {
      expect(one({ outcome }, { fate: outcome })).toMatchObject({ right: true })
      expect(one({ outcome }, { fate: 'unclear' })).toMatchObject({ right: false })
    },
  )

  test('may-wait is right if it moves or waits, and not if it is gone', () => {
    expect(one({ outcome: 'may-wait' }, { fate: 'moves' })).toMatchObject({ right: true })
    expect(one({ outcome: 'may-wait' }, { fate: 'waits' })).toMatchObject({ right: true })
    expect(one({ outcome: 'may-wait' }, { fate: 'not-replaced' })).toMatchObject({
      right: false,
      unannounced: true,
    })
  })

  test('fails is right of a spec that runs nowhere, though its attempts wait in turn', () => {
    const waited = { fate: 'waits' } as const
    expect(one({ outcome: 'fails' }, waited)).toMatchObject({ right: false })
    expect(one({ outcome: 'fails' }, { ...waited, specFails: true })).toMatchObject({
      right: true,
    })
    const onPath = { ...waited, specFails: true, pathUnknown: true }
    expect(one({ outcome: 'fails' }, onPath)).toMatchObject({ right: true })
    expect(one({ outcome: 'fails' }, { fate: 'moves', specFails: true })).toMatchObject({
      right: false,
    })
  })

  test.each(['waits', 'not-replaced', 'stops', 'fails', 'unclear'] as const)(
    'of a move, where it %s, is an unannounced loss',
    (fate) => {
      expect(one({}, { fate })).toMatchObject({ right: false, unannounced: true })
    },
  )

  test('of a loss, where it moves, is wrong and no loss', () => {
    expect(one({ outcome: 'waits' }, { fate: 'moves' })).toMatchObject({
      right: false,
      unannounced: false,
    })
  })

  test('must be there for every task on a drained node, and for what was touched', () => {
    expect(judge([], [seen({ fate: 'stays' })])).toMatchObject([
      { predicted: 'not announced', right: false, unannounced: false },
    ])
    expect(judge([], [seen({ fate: 'waits', touched: false })])).toMatchObject([
      { predicted: 'not announced', right: false, unannounced: true },
    ])
  })

  test('is judged over all replicas of a service: they are interchangeable', () => {
    const announced = [said({ task: 't1', outcome: 'waits' }), said({ task: 't2' })]
    const observed = [seen({ task: 't1' }), seen({ task: 't2', fate: 'waits' })]
    expect(judge(announced, observed).every(({ right }) => right)).toBe(true)
  })

  test.each([
    ['keeps', 'keeps', true, false],
    ['keeps', 'starts-empty', false, true],
    ['none', 'starts-empty', false, true],
    ['starts-empty', 'starts-empty', true, false],
    ['starts-empty', 'other-data', false, false],
    ['other-data', 'other-data', true, false],
    ['other-data', 'starts-empty', true, false],
    ['other-data', 'keeps', false, false],
    ['unknown', 'starts-empty', true, false],
  ] as const)('of data %s, where it is %s', (data, found, right, unannounced) => {
    expect(one({ data }, { data: found })).toMatchObject({ right, unannounced })
  })

  test('of what comes back is right only if it does', () => {
    const stops = { outcome: 'stops', returns: true } as const
    expect(one(stops, { fate: 'stops', returned: true })).toMatchObject({ right: true })
    expect(one(stops, { fate: 'stops', returned: false })).toMatchObject({
      right: false,
      unannounced: true,
    })
    const away = { ...stops, returns: false } as const
    expect(one(away, { fate: 'stops', returned: true })).toMatchObject({
      right: false,
      unannounced: false,
    })
    const unsure = { ...stops, returns: null } as const
    expect(one(unsure, { fate: 'stops', returned: false })).toMatchObject({
      right: true,
      unannounced: false,
    })
  })
})
