import { expect, test } from 'vitest'
import {
  emptyLabelDraft,
  type LabelDraft,
  labelRows,
  labelsQuestion,
} from './label-draft.ts'

const labels = { zone: 'a', disk: 'ssd' }
const ask = (draft: Partial<LabelDraft>, now: Record<string, string> = labels) =>
  labelsQuestion(labelRows(now, { ...emptyLabelDraft, ...draft }))

test('labels as they are ask for nothing, in the order of their keys', () => {
  expect(ask({}).state).toBe('unchanged')
  expect(labelRows(labels, emptyLabelDraft).map(({ key }) => key)).toEqual(['disk', 'zone'])
})

test('only what differs is asked for: changed, removed, added', () => {
  const added = [{ id: 1, key: ' gpu ', value: 'yes = two' }]
  expect(ask({ edits: { zone: 'b', disk: null }, added })).toEqual({
    state: 'asked',
    args: { set: ['zone=b', 'gpu=yes = two'], unset: ['disk'] },
  })
})

test('what is put back to what it was asks for nothing, and a label may be empty', () => {
  expect(ask({ edits: { zone: 'a' } }).state).toBe('unchanged')
  expect(ask({ edits: { zone: '' } })).toMatchObject({ args: { set: ['zone='] } })
})

test('a line that is still empty is neither asked nor wrong', () => {
  expect(ask({ added: [{ id: 1, key: '', value: '' }] }).state).toBe('unchanged')
})

test.each([
  { key: '', value: 'x', says: /needs a key/ },
  { key: 'a=b', value: '', says: /no "="/ },
  { key: 'a b', value: '', says: /no spaces/ },
  { key: 'zone', value: 'b', says: /zone is there already/ },
  { key: 'k'.repeat(501), value: '', says: /500 characters/ },
  { key: 'k', value: 'v'.repeat(1_000), says: /1,000 characters/ },
])('"$key" is said to be wrong at its field', ({ key, value, says }) => {
  const question = ask({ added: [{ id: 7, key, value }] })
  const errors = question.state === 'wrong' ? question.errors : {}
  expect(Object.keys(errors)).toEqual([expect.stringMatching(/ of 7$/)])
  expect(Object.values(errors)[0]).toMatch(says)
})

test('two new labels of one key are one too many', () => {
  const two = [1, 2].map((id) => ({ id, key: 'gpu', value: String(id) }))
  expect(ask({ added: two })).toMatchObject({ state: 'wrong' })
})

test('a label that changes elsewhere is followed, unless it was typed over', () => {
  const rows = labelRows({ zone: 'c', disk: 'hdd' }, { edits: { zone: 'b' }, added: [] })
  expect(rows).toMatchObject([
    { key: 'disk', value: 'hdd' },
    { key: 'zone', value: 'b', now: 'c' },
  ])
})

test('what was typed over a label that went away meanwhile would add it again', () => {
  expect(ask({ edits: { zone: 'b' } }, { disk: 'ssd' })).toMatchObject({
    args: { set: ['zone=b'], unset: [] },
  })
  expect(ask({ edits: { zone: null } }, { disk: 'ssd' }).state).toBe('unchanged')
})

test('a key such as "constructor" is a key like any other', () => {
  expect(ask({ edits: {} }, { constructor: 'x' }).state).toBe('unchanged')
})
