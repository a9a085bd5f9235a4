import { expect, test } from 'vitest'
import { aRollout } from './rollout.fixture.ts'
import { beginnerWords, panelTitle, settingsWords } from './rollout-words.ts'

test('the settings in one line', () => {
  expect(settingsWords(aRollout(), 'update')).toBe(
    'Stop first · 2 at a time · 10 s between · verify 30 s',
  )
  const other = { order: 'start-first', parallelism: 0, delayNs: 0 } as const
  expect(settingsWords(aRollout(other), 'rollback')).toBe(
    'Start first · all at once · 0 s between · verify 30 s',
  )
})

test('a job has nothing but its width', () => {
  expect(settingsWords(aRollout({ parallelism: 3 }), 'job')).toBe('3 at a time')
  expect(settingsWords(aRollout({ parallelism: 0 }), 'job')).toBe('All at once')
})

test('the panel is called after what is going on', () => {
  const paused = aRollout({ state: 'paused' })
  expect(panelTitle(null, { rollout: null })).toBe('Slots')
  expect(panelTitle('update', { rollout: aRollout() })).toBe('Update')
  expect(panelTitle('rollback', { rollout: paused })).toBe('Rollback, paused')
  expect(panelTitle('job', { rollout: null })).toBe('Job')
})

test('who began a rollback is said only where it is known', () => {
  const rollback = (automatic: boolean | null) =>
    beginnerWords(aRollout({ kind: 'rollback', automatic }))
  expect(rollback(true)).toBe('By the swarm, after failures')
  expect(rollback(false)).toBe('Asked for by a person')
  expect(rollback(null)).toBeNull()
  expect(beginnerWords(aRollout({ automatic: false }))).toBeNull()
})
