import type { Stored } from '@skep/shared/contract/stored'
import { expect, test } from 'vitest'
import { aConsumer, aStored } from './stored.fixture.ts'
import { familyOf, flagCounts, type StoredLook, storedRows } from './stored-list.ts'

const plain: StoredLook = {
  q: '',
  flag: null,
  grouped: false,
  open: new Set(),
  sort: { key: 'name', direction: 'ascending' },
}
const version = (number: number, fields: Partial<Stored> = {}) =>
  aStored(`db_password_v${number}`, {
    family: 'db_password',
    version: `v${number}`,
    newest: number === 10,
    createdAt: `2026-11-${String(number + 10)}T00:00:00.000Z`,
    flags: number === 10 ? [] : ['old-version'],
    ...fields,
  })
const items = [
  version(9),
  version(10, { consumers: [aConsumer('web'), aConsumer('api')] }),
  version(2, { flags: ['old-version', 'unused'] }),
  aStored('tls_key', {
    flags: ['unused'],
    stack: 'edge',
    createdAt: '2026-01-01T00:00:00Z',
  }),
]
const names = (look: Partial<StoredLook>) =>
  storedRows(items, { ...plain, ...look }).map(({ stored }) => stored.name)

test('versions are put in order as numbers', () => {
  expect(names({})).toEqual([
    'db_password_v2',
    'db_password_v9',
    'db_password_v10',
    'tls_key',
  ])
})

test('age puts the youngest first; consumers are counted', () => {
  const ages = names({ sort: { key: 'age', direction: 'ascending' } })
  expect(ages[0]).toBe('db_password_v10')
  expect(ages.at(-1)).toBe('tls_key')
  expect(names({ sort: { key: 'used', direction: 'descending' } })[0]).toBe(
    'db_password_v10',
  )
})

test.each([
  ['web', ['db_password_v10']],
  ['PASSWORD v9', ['db_password_v9']],
  ['unused', ['db_password_v2', 'tls_key']],
  ['edge', ['tls_key']],
  ['old version', ['db_password_v2', 'db_password_v9']],
  ['nothing-of-this', []],
])('"%s" finds names, services, stacks and flags', (q, found) => {
  expect(names({ q })).toEqual(found)
})

test('one flag narrows, together with the words', () => {
  expect(names({ flag: 'unused' })).toEqual(['db_password_v2', 'tls_key'])
  expect(names({ flag: 'unused', q: 'tls' })).toEqual(['tls_key'])
})

test('a family is one row, its newest, until it is opened', () => {
  const rows = storedRows(items, { ...plain, grouped: true })
  expect(rows.map(({ stored, others }) => [stored.name, others])).toEqual([
    ['db_password_v10', 2],
    ['tls_key', 0],
  ])
  const open = storedRows(items, {
    ...plain,
    grouped: true,
    open: new Set(['db_password']),
  })
  expect(open.map(({ stored, isOther }) => [stored.name, isOther])).toEqual([
    ['db_password_v10', false],
    ['db_password_v9', true],
    ['db_password_v2', true],
    ['tls_key', false],
  ])
})

test('where the filter hides the newest, the youngest that matches speaks for it', () => {
  const rows = storedRows(items, { ...plain, grouped: true, flag: 'old-version' })
  expect(rows.map(({ stored, others }) => [stored.name, others])).toEqual([
    ['db_password_v9', 1],
  ])
})

test('flags are counted', () => {
  expect([...flagCounts(items)]).toEqual([
    ['old-version', 2],
    ['unused', 2],
  ])
})

test('a family is listed newest first', () => {
  expect(familyOf(items, version(2)).map(({ version }) => version)).toEqual([
    'v10',
    'v9',
    'v2',
  ])
})

test('two thousand are listed well within an interaction', () => {
  const many = Array.from({ length: 2_000 }, (_, i) =>
    aStored(`system_purpose_scope_2026_11_v${i}`, {
      family: `family_${i % 500}`,
      consumers: [aConsumer(`web-${i % 60}`), aConsumer(`api-${i % 60}`)],
    }),
  )
  const look = { ...plain, q: 'web-7', grouped: true }
  storedRows(many, look)
  const from = performance.now()
  for (let round = 0; round < 5; round++) storedRows(many, { ...look, q: `web-${round}` })
  storedRows(many, { ...plain, grouped: true })
  // Generous: other work shares the machine that this runs on.
  expect((performance.now() - from) / 6).toBeLessThan(100)
})
