import { expect, test } from 'vitest'
import { aState } from './entities.fixture.ts'
import { createProjector } from './projection.ts'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { rotationAttention } from './rotation-attention.ts'

const closes = Date.parse('2027-01-16T08:00:00.000Z')
const verified = aRotation({ state: 'verified', retireFrom: '2027-01-16T08:00:00.000Z' })

test('one that has stopped waits for a decision', () => {
  const stopped = aRotation({
    state: 'stopped',
    sentence: 'Stopped: api did not take db_v2.',
  })
  expect(rotationAttention(stopped, closes).attention).toMatchObject({
    id: 'rotation-stopped:r-1',
    tone: 'warning',
    subject: { kind: 'rotation', name: 'r-1' },
    title: 'The rotation of secret db_v1 has stopped',
    detail: 'Stopped: api did not take db_v2.',
  })
})

test('one that was undone in part needs somebody before its window closes', () => {
  const sentence = 'Was verified; api is back on db_v1.'
  const consumers = [aConsumer('api', { state: 'rolled-back' })]
  expect(rotationAttention({ ...verified, sentence, consumers }, closes - 1)).toMatchObject(
    {
      attention: {
        kind: 'rotation-stopped',
        title: 'The rotation of secret db_v1 was undone in part',
        detail: sentence,
      },
      until: null,
    },
  )
})

test('that services do not run as asked since is not called undone', () => {
  const consumers = [aConsumer('api', { state: 'failed' })]
  expect(rotationAttention({ ...verified, consumers }, closes - 1).attention?.title).toBe(
    'Not every service with secret db_v2 runs as asked',
  )
})

test('an open window needs nobody, until it closes', () => {
  expect(rotationAttention(verified, closes - 1)).toEqual({
    attention: null,
    until: closes,
  })
  const { attention, until } = rotationAttention(verified, closes)
  expect(attention).toMatchObject({
    kind: 'window-closed',
    tone: 'neutral',
    title: 'The rollback window of secret db_v1 is over',
    since: '2027-01-16T08:00:00.000Z',
  })
  expect(until).toBeNull()
})

test.each(['running', 'retired', 'abandoned'] as const)('%s needs nobody', (state) => {
  expect(rotationAttention(aRotation({ state }), closes).attention).toBeNull()
})

test('the view wakes when a window closes, by the clock of the managers', () => {
  const state = aState({ swarm: { ...aState({}).swarm, clockAhead: 7_000 } })
  const view = (now: number) => createProjector().project(state, now, undefined, [verified])
  expect(view(closes).attention).toEqual([])
  expect(view(closes).wakeAt).toBe(closes + 7_000)
  expect(view(closes + 7_000).attention.map(({ kind }) => kind)).toEqual(['window-closed'])
})
