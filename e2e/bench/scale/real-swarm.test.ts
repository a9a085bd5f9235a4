import { expect, test } from 'vitest'
import { byRecord, waiting, waitingPart } from './real-swarm.ts'
import { surgeStep } from './surge.ts'

test('dates a change by the stamp of the engine, not by when it was heard', () => {
  const change = {
    task: 't1',
    serviceId: 's1',
    slot: 3,
    state: 'running' as const,
    at: 1_000,
    lag: 40,
  }
  expect(byRecord(change)).toEqual({ at: 960, slot: 's1/3', task: 't1', state: 'running' })
})

test('no two services have one name, and none that of a service that runs', () => {
  const names = Array.from({ length: waiting.services }, (_, i) => waitingPart(i).Name)
  expect(new Set(names).size).toBe(waiting.services)
  expect(names.filter((name) => name.endsWith('_part1'))).toEqual([])
})

test('scales up and back by turns, each service half a round later', () => {
  const steps = Array.from({ length: 80 }, (_, turn) => ({ turn, ...surgeStep(turn) }))
  expect(steps.slice(0, 4).map(({ replicas }) => replicas)).toEqual([200, 100, 200, 100])
  const first = steps.filter(({ service }) => service === waitingPart(0).Name)
  expect(first.map(({ turn, replicas }) => [turn, replicas])).toEqual([
    [0, 200],
    [21, 100],
    [40, 200],
    [61, 100],
  ])
})
