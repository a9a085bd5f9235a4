import { aService, aSlot } from '@skep/shared/contract/cluster.fixture'
import type { SlotPhase } from '@skep/shared/contract/rollout'
import type { Slot } from '@skep/shared/contract/service'
import { expect, test } from 'vitest'
import { aRollout } from '../rollout/rollout.fixture.ts'
import { courseOf } from './phase-words.ts'
import { isWanted } from './slot-filter.ts'
import { gridSentence, slotSentence } from './slot-words.ts'

const on = (phase: SlotPhase | null, fields: Partial<Slot> = {}, error?: string): Slot => ({
  ...aSlot(1, error ?? null),
  phase,
  ...fields,
})
const earlier = (slot: Slot): Slot => ({
  ...slot,
  tasks: slot.tasks.map((task) => ({ ...task, upToDate: false })),
})

const updating = [
  on('updated'),
  on('updated'),
  on('in-flight', {}, 'exit 1'),
  on('verifying'),
  earlier(on('to-update')),
]

test('at rest a grid tells of states', () => {
  expect(gridSentence([on(null), on(null), on(null)])).toBe('3 slots: 3 running')
})

test('on its course a grid tells of phases, of what failed, and of what is mixed', () => {
  expect(gridSentence(updating, 'update')).toBe(
    '5 slots: 2 updated, 1 in flight, 1 verifying, 1 to update, 1 failed, 1 on an earlier spec',
  )
  expect(gridSentence(updating.slice(3), 'rollback')).toBe(
    '2 slots: 1 verifying, 1 to roll back, 1 on an earlier spec',
  )
})

test('slots without a phase are told by their state', () => {
  expect(gridSentence([on('updated'), on(null)], 'update')).toBe(
    '2 slots: 1 updated, 1 running',
  )
})

test('the slots of a job are on their way by what they do', () => {
  const slots = [
    on(null, { status: 'complete' }),
    on(null, { status: 'running' }),
    on(null, { status: 'empty', tasks: [] }),
  ]
  expect(gridSentence(slots, 'job')).toBe('3 slots: 1 complete, 1 running, 1 waiting')
})

test('a slot says its phase, and how many of its tasks failed', () => {
  const slot = on('verifying', { restarts: 3 })
  expect(slotSentence(slot, 'update')).toMatch(
    /^Slot 1: running since \S+, verifying, on w1, current spec, 3 failed tasks remembered$/,
  )
  expect(slotSentence(slot)).not.toContain('verifying')
  expect(slotSentence(on('in-flight', { restarts: 1 }), 'job')).toMatch(
    /^Slot 1: running since \S+, on w1, current spec, 1 failed task remembered$/,
  )
})

test('a filter is by state, by phase, or by spec', () => {
  const counts = (filter: Parameters<typeof isWanted>[1]) =>
    updating.filter((slot) => isWanted(slot, filter, 'update')).length
  expect(counts(null)).toBe(5)
  expect(counts('failed')).toBe(1)
  expect(counts('updated')).toBe(2)
  expect(counts('earlier')).toBe(1)
})

test('what a service is in the middle of', () => {
  expect(courseOf(aService({}))).toBeNull()
  expect(courseOf(aService({ rollout: aRollout() }))).toBe('update')
  expect(courseOf(aService({ rollout: aRollout({ kind: 'rollback' }) }))).toBe('rollback')
  expect(courseOf(aService({ rollout: aRollout({ state: 'ended' }) }))).toBeNull()
  expect(courseOf(aService({ mode: 'global-job', rollout: aRollout() }))).toBe('job')
  expect(courseOf(aService({ mode: 'global-job' }))).toBeNull()
})
