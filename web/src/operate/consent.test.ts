import { expect, test } from 'vitest'
import { consentOf, obstacleOf } from './consent.ts'
import { type Draft, emptyDraft, withPreview, withTick } from './draft.ts'
import { aCheck, aPreview } from './preview.fixture.ts'

const around = { standstill: null, question: '{}', unasked: null }
const opened = (fields: Parameters<typeof aPreview>[0]): Draft =>
  withPreview(emptyDraft, aPreview(fields), '{}')
const warnings = [aCheck('a', 'warn'), aCheck('b', 'warn'), aCheck('c', 'info')]

test('nothing stands in the way of a preview without objections', () => {
  expect(obstacleOf(opened({}), around)).toBeNull()
})

test('every warning has to be ticked, notes need nothing', () => {
  const draft = opened({ checks: warnings })
  expect(obstacleOf(draft, around)).toEqual({
    reason: '2 warnings to tick.',
    at: 'warning',
  })
  const one = withTick(draft, 'a', true)
  expect(obstacleOf(one, around)?.reason).toBe('1 warning to tick.')
  expect(obstacleOf(withTick(one, 'b', true), around)).toBeNull()
  expect(obstacleOf(withTick(withTick(one, 'b', true), 'a', false), around)?.at).toBe(
    'warning',
  )
})

test('a block is never overcome, whatever is ticked', () => {
  const draft = opened({ checks: [aCheck('gone', 'block'), aCheck('a', 'warn')] })
  expect(obstacleOf(withTick(withTick(draft, 'a', true), 'gone', true), around)).toEqual({
    reason: 'About gone.',
    at: 'block',
  })
  const two = opened({ checks: [aCheck('gone', 'block'), aCheck('none', 'block')] })
  expect(obstacleOf(two, around)?.reason).toBe('About gone. And 1 more.')
})

test.each([
  { typed: '', free: false },
  { typed: 'we', free: false },
  { typed: 'Web', free: false },
  { typed: ' web ', free: true },
])('the name "$typed" frees: $free', ({ typed, free }) => {
  const draft = { ...opened({ typed: 'web' }), typed }
  expect(obstacleOf(draft, around) === null).toBe(free)
})

test('without contact nothing can be pressed, and that is said first', () => {
  const standstill = 'No contact with the swarm since 14:02:31.'
  expect(obstacleOf(opened({ checks: warnings }), { ...around, standstill })).toEqual({
    reason: standstill,
    at: null,
  })
})

test('a preview of other arguments is not pressed', () => {
  expect(obstacleOf(opened({}), { ...around, question: '{"replicas":5}' })?.reason).toBe(
    'The preview is being read.',
  )
  const unasked = 'Type a whole number, such as 3.'
  expect(obstacleOf(opened({}), { ...around, question: null, unasked })).toEqual({
    reason: unasked,
    at: 'fields',
  })
})

test('consent names the basis, the ticked warnings, and the name where it is asked for', () => {
  const draft = withTick(opened({ checks: warnings, basis: 'seen' }), 'b', true)
  expect(consentOf(aPreview({ checks: warnings, basis: 'seen' }), draft)).toEqual({
    basis: 'seen',
    acknowledged: ['b'],
  })
  expect(consentOf(aPreview({ typed: 'web' }), { ...draft, typed: 'web ' })).toEqual({
    basis: 'basis',
    acknowledged: [],
    typed: 'web',
  })
})
