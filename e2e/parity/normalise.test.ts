import { describe, expect, test } from 'vitest'
import { normalised } from './normalise.ts'

const particulars = { engine: '28.5.2+dfsg3', api: '1.51', minApi: '1.24' }
const said = (text: string) => normalised(text, particulars)

describe('what no two swarms have in common goes by its kind', () => {
  test.each([
    ['an id', 'node rylkqwivn8o1m7jx1kdqzwihh is not down', 'node <id> is not down'],
    ['a time', '"2026-11-21T08:16:21.729433304Z"', '"<time>"'],
    ['a time as Go prints it', '2026-11-21 08:16:21.7 +0000 UTC', '<time>'],
    ['an age', 'Running 3 minutes ago', 'Running <ago>'],
    ['an age without ago', 'Less than a second', '<ago>'],
    ['an age in words', 'Running about a minute ago', 'Running <ago>'],
    ['a digest', `web:v1@sha256:${'0a'.repeat(32)}`, 'web:v1@<digest>'],
    ['a container id', `on ${'0a'.repeat(32)}`, 'on <hash>'],
    ['a short id', 'cli.1.a64a4517203f', 'cli.1.<short>'],
    ['an address', '10.99.0.1:2377 of 10.0.1.0/24', '<address> of <address>'],
    ['the engine', 'Docker 28.5.2+dfsg3', 'Docker <engine>'],
    [
      'its API',
      'Maximum supported API version is 1.51',
      'Maximum supported API version is <api>',
    ],
    ['a token', 'SWMTKN-1-0abc-def', '<token>'],
    ['an unlock key', '{"UnlockKey":"SWMKEY-1-7c3/Ab+9"}', '{"UnlockKey":"<key>"}'],
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----',
      '<pem>',
    ],
  ])('%s', (_, text, expected) => {
    expect(said(text)).toBe(expected)
  })
})

describe('what says something stays', () => {
  test.each([
    'task: non-zero exit (137)',
    'no suitable node (scheduling constraints not satisfied on 4 nodes)',
    'client version 1.60 is too new',
    'registry.lab:5000/demo/web:nosuchtag',
    'orchestrator',
    'name must be valid as a DNS name component',
    'port 9201 of 1.515',
  ])('%s', (text) => {
    expect(said(text)).toBe(text)
  })
})
