import { expect, test } from 'vitest'
import { anEntry } from './entry.fixture.ts'
import { isAsked, journalPath, readInstant, readKind } from './journal-filter.ts'

test('asks for what is set, and for nothing else', () => {
  expect(journalPath({ service: 'a/b?', kind: 'action' }, 50, null)).toBe(
    '/api/journal?service=a%2Fb%3F&kind=action&limit=50',
  )
  expect(journalPath({ q: '' }, 50, 12)).toBe('/api/journal?before=12&limit=50')
})

test.each([
  [{ q: 'WEB conv' }, true],
  [{ q: 'n3' }, true],
  [{ q: 'slot 7' }, true],
  [{ q: 'other' }, false],
  [{ kind: 'action' }, false],
  [{ slot: '7' }, true],
  [{ slot: '8' }, false],
  [{ actor: 'ana' }, false],
  [{ from: '2026-11-21T12:02:31.000Z', to: '2026-11-21T12:02:31.000Z' }, true],
  [{ from: '2026-11-21T12:02:32Z' }, false],
  [{ to: '2026-11-21T13:02:30+01:00' }, false],
] as const)('%j is asked: %s', (filter, asked) => {
  const entry = anEntry({ slot: '7', related: [{ kind: 'node', name: 'n3' }] })
  expect(isAsked(filter, entry)).toBe(asked)
})

test('what an address says wrong is left out', () => {
  expect(readKind('action')).toBe('action')
  expect(readKind('constructor')).toBeUndefined()
  expect(readInstant('soon')).toBeUndefined()
  expect(readInstant('2026-11-21T12:02:31Z')).toBe('2026-11-21T12:02:31Z')
})
