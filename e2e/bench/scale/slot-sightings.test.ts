import { expect, test } from 'vitest'
import { slotLateness } from './slot-sightings.ts'

const change = (at: number, task: string, state: string, slot = 'web/1') => ({
  at,
  slot,
  task,
  state,
})
const sighting = (at: number, task: string, state: string) => ({ at, task, state })
const never = Number.POSITIVE_INFINITY

test('counts from the change to the first state that is at least as new', () => {
  const changes = [change(100, 'a', 'starting'), change(200, 'a', 'running')]
  const sightings = [sighting(130, 'a', 'starting'), sighting(260, 'a', 'running')]
  const { late, unseen } = slotLateness(changes, sightings, never)
  expect([late.n, late.p50, late.max, unseen]).toEqual([2, 30, 60, 0])
})

test('a successor tells of what became of the task before it', () => {
  const changes = [change(100, 'a', 'failed'), change(105, 'b', 'new')]
  const { late, unseen } = slotLateness(changes, [sighting(150, 'b', 'pending')], never)
  expect([late.n, late.max, unseen]).toEqual([2, 50, 0])
})

test('what a task comes to when another has followed is nobody’s to see', () => {
  const changes = [
    change(100, 'a', 'running'),
    change(105, 'b', 'new'),
    change(900, 'a', 'shutdown'),
  ]
  const sightings = [sighting(110, 'a', 'running'), sighting(115, 'b', 'ready')]
  const { late, unseen } = slotLateness(changes, sightings, never)
  expect([late.n, late.max, unseen]).toEqual([2, 10, 0])
})

test('a task that was there before is older than the one that came, whoever is heard first', () => {
  const changes = [
    change(100, 'b', 'new'),
    change(110, 'a', 'shutdown'),
    change(200, 'b', 'running'),
  ]
  const sightings = [
    sighting(50, 'a', 'running'),
    sighting(130, 'b', 'pending'),
    sighting(240, 'b', 'running'),
  ]
  const { late, unseen } = slotLateness(changes, sightings, never)
  expect([late.n, late.p50, late.max, unseen]).toEqual([2, 30, 40, 0])
})

test('a slot that is no longer shown tells of the end of its task', () => {
  const changes = [
    change(100, 'a', 'new'),
    change(500, 'a', 'shutdown'),
    change(4_000, 'b', 'new'),
  ]
  const sightings = [
    sighting(120, 'a', 'new'),
    sighting(560, 'a', 'gone'),
    sighting(4_010, 'b', 'new'),
  ]
  const { late, unseen } = slotLateness(changes, sightings, never)
  expect([late.n, late.max, unseen]).toEqual([3, 60, 0])
})

test('what never showed is counted, unless it had no time to show', () => {
  const changes = [
    change(100, 'a', 'starting'),
    change(200, 'a', 'running'),
    change(100, 'z', 'running', 'web/2'),
  ]
  const { late, unseen } = slotLateness(changes, [sighting(120, 'a', 'starting')], 150)
  expect([late.n, unseen]).toEqual([1, 1])
})
