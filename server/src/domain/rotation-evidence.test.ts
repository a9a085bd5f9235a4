import { expect, test } from 'vitest'
import { aConsumer, aRotation } from './rotation.fixture.ts'
import { rotationEvidence } from './rotation-evidence.ts'

const verified = aRotation({
  state: 'verified',
  verifiedAt: '2027-01-15T08:05:00.000Z',
  retireFrom: '2027-01-16T08:05:00.000Z',
  sentence: 'Verified: 1 service runs with db_v2.',
  consumers: [
    aConsumer('web', {
      state: 'converged',
      sentence: 'All 3 running',
      sentAt: '2027-01-15T08:00:01.000Z',
      endedAt: '2027-01-15T08:04:00.000Z',
      acknowledged: ['no-health-check'],
      health: 'Its spec has no health check: its tasks went on running.',
    }),
  ],
})

test('tells before, after, who, when and what was seen', () => {
  const lines = rotationEvidence(verified, new Map()).split('\n')
  expect(lines.slice(0, 8)).toEqual([
    '# Rotation of the secret db\\_v1',
    '',
    '- Before: db\\_v1 (db\\_v1)',
    '- After: db\\_v2 (db\\_v2)',
    '- Begun 2027-01-15T08:00:00.000Z by ana, one service after another',
    '- Verified 2027-01-15T08:05:00.000Z, rollback window until 2027-01-16T08:05:00.000Z',
    '- Not ended',
    '- Verified: 1 service runs with db\\_v2.',
  ])
  expect(lines).toContain(
    '| web | /run/secrets/db | converged | 2027-01-15T08:00:01.000Z | 2027-01-15T08:04:00.000Z | no-health-check | All 3 running | Its spec has no health check: its tasks went on running. |',
  )
})

test('tells who went on with it, rolled back, left or removed, and each verification', () => {
  const log = [
    { at: '2027-01-15T08:01:00.000Z', actor: 'ben', sentence: 'Rolled api back.' },
    { at: '2027-01-15T08:05:00.000Z', actor: null, sentence: 'Verified: 1 service.' },
  ]
  const lines = rotationEvidence({ ...verified, log }, new Map()).split('\n')
  expect(lines).toContain('- 2027-01-15T08:01:00.000Z ben: Rolled api back.')
  expect(lines).toContain('- 2027-01-15T08:05:00.000Z: Verified: 1 service.')
})

test('nothing that people wrote is markup', () => {
  const hostile = '| <img src=x>\n## owned `x`'
  const text = rotationEvidence(
    aRotation({
      ...verified,
      actor: hostile,
      log: [{ at: 'then', actor: hostile, sentence: hostile }],
      from: { id: 'a', name: hostile },
      sentence: hostile,
      consumers: [aConsumer(hostile, { targets: [hostile], sentence: hostile })],
    }),
    new Map(),
  )
  expect(text).not.toMatch(/[^\\]<img/)
  expect(text).not.toMatch(/^##/m)
  expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3)
})
