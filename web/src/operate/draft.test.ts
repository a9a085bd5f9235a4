import { describe, expect, test } from 'vitest'
import { emptyDraft, withPreview, withRefusal, withTick } from './draft.ts'
import { aChange, aCheck, aPreview } from './preview.fixture.ts'

const warned = aPreview({
  basis: 'one',
  checks: [aCheck('tag-only', 'warn'), aCheck('unplaceable', 'warn')],
})
const opened = withPreview(emptyDraft, warned, '{}')
const ticked = withTick(withTick(opened, 'tag-only', true), 'unplaceable', true)

test('the first preview is no news, and nothing on it is marked', () => {
  expect(opened).toMatchObject({ preview: warned, question: '{}', news: null })
  expect([...opened.marks.parts, ...opened.marks.changes, ...opened.marks.checks]).toEqual(
    [],
  )
})

test('the same facts read again change nothing but the preview itself', () => {
  const again = { ...warned, asOf: '2026-11-21T14:09:00.000Z' }
  expect(withPreview(ticked, again, '{}')).toEqual({ ...ticked, preview: again })
})

describe('when the facts move', () => {
  const moved = aPreview({
    basis: 'two',
    sentence: 'Replaces 4 of 4 tasks.',
    changes: [aChange('Image', { before: 'web:3' }), aChange('Replicas', {})],
    checks: [
      aCheck('tag-only', 'warn'),
      aCheck('unplaceable', 'warn', 'No node passes node.labels.ssd == true.'),
      aCheck('already-rolling-back', 'warn'),
    ],
  })
  const updated = withPreview({ ...ticked, typed: 'we' }, moved, '{}')

  test('only a warning that says what it said stays ticked', () => {
    expect([...updated.ticked]).toEqual(['tag-only'])
  })

  test('what differs is marked, and it is said', () => {
    expect([...updated.marks.parts]).toEqual(['sentence'])
    expect([...updated.marks.changes]).toEqual(['Image', 'Replicas'])
    expect([...updated.marks.checks]).toEqual(['unplaceable', 'already-rolling-back'])
    expect(updated.news).toBe('moved')
  })

  test('what was typed stays', () => {
    expect(updated.typed).toBe('we')
  })

  test('marks outlast the next update, until what they are on is ticked', () => {
    const later = withPreview(updated, { ...moved, basis: 'three', button: 'Other' }, '{}')
    expect([...later.marks.parts]).toEqual(['sentence', 'button'])
    const read = withTick(later, 'unplaceable', true)
    expect([...read.marks.checks]).toEqual(['already-rolling-back'])
  })

  test('a block in the place of a ticked warning is not ticked', () => {
    const blocked = { ...moved, checks: [aCheck('tag-only', 'block')] }
    expect(withPreview(ticked, blocked, '{}').ticked.size).toBe(0)
  })
})

test('another question is answered afresh: no marks, and ticks only where they still fit', () => {
  const other = aPreview({ sentence: 'Adds 2.', checks: [aCheck('tag-only', 'warn')] })
  const asked = withPreview(ticked, other, '{"replicas":5}')
  expect(asked.news).toBeNull()
  expect(asked.marks.parts.size).toBe(0)
  expect([...asked.ticked]).toEqual(['tag-only'])
})

test('a refused press is told of even where nothing that is shown differs', () => {
  const refused = withRefusal(ticked, { ...warned, basis: 'two' }, '{}')
  expect(refused.news).toBe('refused')
  expect([...refused.ticked]).toEqual(['tag-only', 'unplaceable'])
})
