import type { Consumer } from '@skep/shared/contract/stored'
import { expect, test } from 'vitest'
import { aConsumer, aStored } from './stored.fixture.ts'
import { leadingRole, nameParts, storedSentence, usedSentence } from './stored-words.ts'

test('the page opens with what is amiss, and only with that', () => {
  expect(storedSentence('secret', [])).toBe('No secrets yet.')
  expect(storedSentence('config', [aStored('a')])).toBe('1 config.')
  expect(
    storedSentence('secret', [
      aStored('a', { flags: ['unused', 'old-version'] }),
      aStored('b', { flags: ['only-rollback'] }),
      aStored('c'),
    ]),
  ).toBe('3 secrets, 1 used by nobody, 1 held only by a rollback target.')
  expect(storedSentence('config', [aStored('a', { flags: ['credential-like'] })])).toBe(
    '1 config, 1 may hold a credential.',
  )
})

test('who uses it is told by what is closest to running now', () => {
  expect(leadingRole({ roles: ['rollback-target', 'current'] })).toBe('current')
  const used = (...consumers: Consumer[]) =>
    usedSentence({ consumers, volumes: [], flags: ['unused', 'only-rollback'] })
  expect(used()).toBe('is used by nobody.')
  expect(used(aConsumer('a'), aConsumer('b'))).toBe('is used by 2 services.')
  expect(used(aConsumer('a', { roles: ['rollback-target'] }))).toBe(
    'is held only by the rollback target of 1 service.',
  )
  expect(used(aConsumer('a'), aConsumer('b', { roles: ['older-task'] }))).toBe(
    'is used by 1 service, held by running tasks of 1 older spec.',
  )
})

test('a cluster volume whose driver is given it is a user like any other', () => {
  const volumes = [
    { volume: 'data', key: 'password' },
    { volume: 'data', key: 'user' },
  ]
  expect(usedSentence({ consumers: [], volumes, flags: [] })).toBe(
    'is given to the driver of 1 cluster volume.',
  )
  expect(usedSentence({ consumers: [aConsumer('a')], volumes, flags: [] })).toBe(
    'is used by 1 service, given to the driver of 1 cluster volume.',
  )
  const consumers = [aConsumer('a', { roles: ['rollback-target'] })]
  expect(usedSentence({ consumers, volumes, flags: [] })).toBe(
    'is held by the rollback target of 1 service, given to the driver of 1 cluster volume.',
  )
})

test('what is not flagged as used by nobody else may be used by a cluster volume', () => {
  const used = (...consumers: Consumer[]) =>
    usedSentence({ consumers, volumes: [], flags: [] })
  expect(used()).toBe(
    'is used by no service. Whether a cluster volume needs it cannot be told.',
  )
  expect(used(aConsumer('a', { roles: ['rollback-target'] }))).toBe(
    'is held by the rollback target of 1 service.',
  )
  expect(used(aConsumer('a'), aConsumer('b', { roles: ['rollback-target'] }))).toBe(
    'is used by 1 service, held only by the rollback target of 1 service.',
  )
})

test('the version stands apart from its family, wherever it is in the name', () => {
  const parts = (name: string, version: string | null) =>
    Object.values(nameParts({ name, version }))
  expect(parts('db_password_v7', 'v7')).toEqual(['db_password_', 'v7', ''])
  expect(parts('cert_2026_11_edge', '2026_11')).toEqual(['cert_', '2026_11', '_edge'])
  expect(parts('plain', null)).toEqual(['plain', '', ''])
  expect(parts('odd', 'v9')).toEqual(['odd', '', ''])
})
