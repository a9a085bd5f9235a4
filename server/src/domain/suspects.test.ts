import type { JournalEntry } from '@skep/shared/contract/journal'
import { expect, test } from 'vitest'
import { type Surroundings, suspects } from './suspects.ts'

const at = Date.parse('2026-11-21T14:00:00Z')
const minute = 60_000

const entry = (id: number, minutesBefore: number, fields: Partial<JournalEntry>) =>
  ({
    id,
    at: new Date(at - minutesBefore * minute).toISOString(),
    kind: 'action',
    tone: 'neutral',
    subject: { kind: 'service', name: 'web' },
    related: [],
    slot: null,
    sentence: 'something',
    cause: null,
    actor: null,
    operation: null,
    ...fields,
  }) satisfies JournalEntry

const around: Surroundings = {
  subject: { kind: 'service', name: 'web' },
  related: [{ kind: 'secret', name: 'db-password-v2' }],
  nodes: ['w1'],
}

const other = { kind: 'service', name: 'api' } as const
const node = (name: string) => ({ kind: 'node', name }) as const

test('closest first, and of equals the latest', () => {
  const found = suspects(
    [
      entry(1, 3, { kind: 'transition', subject: { kind: 'swarm', name: 'swarm' } }),
      entry(2, 50, {}),
      entry(3, 40, { kind: 'spec' }),
      entry(4, 2, { subject: other }),
      entry(5, 5, { kind: 'transition', subject: node('w1') }),
      entry(6, 30, { subject: other, related: [...around.related] }),
    ],
    at,
    around,
  )
  expect(found.map(({ entry: { id }, closeness }) => [id, closeness])).toEqual([
    [3, 'same'],
    [2, 'same'],
    [6, 'related'],
    [5, 'node'],
    [1, 'swarm'],
    [4, 'other'],
  ])
  expect(found[2]?.why).toBe('web uses the secret db-password-v2.')
  expect(found[2]?.minutesBefore).toBe(30)
})

test.each([
  ['what came afterwards', entry(1, -1, {})],
  ['what is older than an hour', entry(1, 61, {})],
  ['the trouble itself', entry(1, 1, { kind: 'transition' })],
  ['the outcome of an action', entry(1, 1, { kind: 'outcome' })],
  [
    'a task of another service',
    entry(1, 1, { kind: 'transition', subject: other, slot: '1' }),
  ],
])('%s is no suspect', (_, one) => {
  expect(suspects([one], at, around)).toEqual([])
})
