import type { StateBadge, Storage } from '@skep/shared/contract/stateful'
import { moveWord, stateWord } from '@skep/shared/vocabulary'
import { expect, test } from 'vitest'
import {
  dataPlaces,
  fateOf,
  kindWords,
  placeWords,
  statefulSentence,
  watchedWords,
} from './stateful-words.ts'

const badge = (fields: Partial<StateBadge>): StateBadge => ({
  class: 'durable-single',
  placement: 'pinned',
  ifItMoves: 'refuses',
  ...fields,
})
const storage = (fields: Partial<Storage>): Storage => ({
  kind: 'local-volume',
  source: 'pgdata',
  subpath: null,
  target: '/var/lib/postgresql/data',
  driver: 'local',
  readOnly: false,
  holdsData: true,
  why: '',
  perTask: false,
  ...fields,
})

test.each([
  { of: badge({}), label: 'Pinned data', tone: 'neutral' },
  {
    of: badge({ placement: 'unpinned', ifItMoves: 'starts-empty' }),
    label: 'Starts empty if moved',
    tone: 'warning',
  },
  {
    of: badge({ placement: 'misplaced', class: 'replicas-on-local' }),
    label: 'Misplaced data',
    tone: 'critical',
  },
  {
    of: badge({ class: 'replicas-on-local' }),
    label: 'Copies that differ',
    tone: 'warning',
  },
  {
    of: badge({ class: 'soft', placement: 'unpinned', ifItMoves: 'starts-empty' }),
    label: 'Soft state',
    tone: 'neutral',
  },
  {
    of: badge({ placement: 'unpinned', ifItMoves: 'cannot-tell' }),
    label: 'Data, cannot tell',
    tone: 'neutral',
  },
  {
    of: badge({ class: 'external', placement: null, ifItMoves: 'keeps' }),
    label: 'Data held elsewhere',
    tone: 'neutral',
  },
])('the badge says "$label", and is loud only for a risk', ({ of, label, tone }) => {
  expect(stateWord(of)).toMatchObject({ label, tone })
})

test('what holds no data has no badge', () => {
  expect(stateWord(badge({ class: 'stateless', placement: null }))).toBeNull()
})

test('a service is counted once, as what is gravest', () => {
  expect(fateOf(badge({ placement: 'misplaced', class: 'replicas-on-local' }))).toBe(
    'misplaced',
  )
  expect(fateOf(badge({ class: 'replicas-on-local' }))).toBe('copies')
  expect(fateOf(badge({}))).toBe('refuses')
})

test('data is where something is written, not where settings are read', () => {
  const places = [
    storage({ target: '/data' }),
    storage({ target: '/etc/conf', holdsData: false }),
    storage({ target: '/maybe', holdsData: null }),
    storage({ target: '/read', holdsData: null, readOnly: true }),
  ]
  expect(dataPlaces({ storage: places }).map(({ target }) => target)).toEqual([
    '/data',
    '/maybe',
  ])
})

test('a place is named by its volume, and by its driver where that says more', () => {
  expect(placeWords(storage({}))).toBe('pgdata, local volume')
  expect(placeWords(storage({ kind: 'plugin', driver: 'rexray' }))).toBe(
    'pgdata, volume of a plugin (rexray)',
  )
  expect(placeWords(storage({ kind: 'container-layer', source: null }))).toBe(
    '/var/lib/postgresql/data, container layer',
  )
})

test('the page opens with what would be lost', () => {
  expect(statefulSentence([])).toBe('No service holds data, as far as can be told.')
  expect(statefulSentence([badge({})])).toBe(
    '1 service holds data; none would lose it by moving.',
  )
  const risky = badge({ placement: 'unpinned', ifItMoves: 'starts-empty' })
  expect(statefulSentence([badge({}), risky, badge({ class: 'replicas-on-local' })])).toBe(
    '3 services hold data: 1 has copies that differ, 1 would start empty elsewhere.',
  )
})

test('a cache that starts empty is nothing to look at', () => {
  expect(moveWord(badge({ ifItMoves: 'starts-empty' })).tone).toBe('critical')
  expect(moveWord(badge({ class: 'soft', ifItMoves: 'starts-empty' }))).toMatchObject({
    tone: 'neutral',
    label: 'Starts empty',
  })
})

test('says what drives a place that its kind does not tell', () => {
  expect(kindWords(storage({}))).toBe('local volume')
  expect(kindWords(storage({ kind: 'plugin', driver: 'rexray' }))).toBe(
    'volume of a plugin (rexray)',
  )
})

test('says from when on moves are known, and how those before may be', () => {
  const since = new Date(2026, 10, 21, 14, 2, 31)
  expect(watchedWords(since.toISOString(), since.getTime() + 45_000)).toBe(
    'Watched since 14:02:31; earlier moves are known only from tasks that are still listed.',
  )
  expect(watchedWords(null, 0)).toContain('not known')
})
