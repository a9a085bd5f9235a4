import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesAll, parseConstraint } from './constraints.ts'
import { aManager, aNode } from './entities.fixture.ts'

/** Cases from moby/swarmkit manager/constraint/constraint_test.go, and SWARM.md §4. */
describe('parseConstraint', () => {
  test.each([
    ['node.role==manager', 'node.role', '==', 'manager'],
    ['node.role != manager', 'node.role', '!=', 'manager'],
    ['  node.labels.zone  ==  east 1  ', 'node.labels.zone', '==', 'east 1'],
    ['node.labels.re == ^a.*(b|c)$', 'node.labels.re', '==', '^a.*(b|c)$'],
    ['node.ip==2001:db8::/32', 'node.ip', '==', '2001:db8::/32'],
  ] as const)('%s', (expression, key, operator, value) => {
    expect(parseConstraint(expression)).toEqual({ key, operator, value })
  })

  test.each([
    ['node.role=manager', 'a single equals sign'],
    ['node.role', 'no operator'],
    ['', 'nothing'],
    ['a==b', 'a key of one letter'],
    ['node.role==', 'no value'],
    ['==manager', 'no key'],
    ['1node==x', 'a key that begins with a digit'],
    ['no$de==x', 'a key with a sign'],
    ['node.labels.a==x,y', 'a comma'],
    ['node.labels.a==müller', 'a letter beyond ASCII'],
    ['a!=b==c', '== is looked for first, and a!=b is no key'],
  ])('%s is refused: %s', (expression) => {
    expect(parseConstraint(expression)).toBeNull()
  })
})

test('what is written is read back, however it is spaced', () => {
  const key = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9\-_.]{1,12}$/)
  const operator = fc.constantFrom('==', '!=')
  const value = fc.stringMatching(/^[a-z0-9:\-_.*()?+[\]\\^$|/]([a-z0-9 /]{0,6}[a-z0-9])?$/)
  const space = fc.constantFrom('', ' ', '\t', '   ')
  fc.assert(
    fc.property(key, operator, value, space, (k, o, v, s) => {
      const read = { key: k, operator: o, value: v }
      expect(parseConstraint(`${s}${k}${s}${o}${s}${v}${s}`)).toEqual(read)
    }),
  )
})

const node = aNode({
  id: 'abc123',
  hostname: 'Web-1',
  ip: '10.0.0.7',
  os: 'linux',
  architecture: 'x86_64',
  labels: { zone: 'East', Tier: 'front', empty: '' },
  engineLabels: { 'com.acme.disk': 'ssd' },
})

describe('matchesAll', () => {
  test.each([
    ['node.id==ABC123', true, 'values compare without case'],
    ['NODE.HOSTNAME == web-1', true, 'keys too'],
    ['node.hostname!=web-1', false, ''],
    ['node.role==worker', true, ''],
    ['node.role!=manager', true, ''],
    ['node.ip==10.0.0.0/24', true, ''],
    ['node.ip!=10.0.0.0/24', false, ''],
    ['node.ip!=nonsense', false, 'a malformed address matches under neither operator'],
    ['node.platform.os==Linux', true, ''],
    ['node.platform.arch==amd64', false, 'architectures are not normalised'],
    ['node.labels.zone==east', true, ''],
    ['node.labels.ZONE==east', false, 'names of labels keep their case'],
    ['Node.Labels.Tier==front', true, 'their prefix does not'],
    ['node.labels.none==x', false, 'a missing label is empty'],
    ['node.labels.none!=x', true, 'so != holds'],
    ['node.labels.toString!=x', true, 'nothing is inherited'],
    ['node.labels.toString==function', false, ''],
    ['node.labels.zone==ea*t', false, 'no pattern is one'],
    ['engine.labels.com.acme.disk==ssd', true, ''],
    ['engine.labels.com.acme.disk!=ssd', false, ''],
    ['node.colour==red', false, 'an unknown key never matches'],
    ['node.colour!=red', false, 'under neither operator'],
    ['node.labels.!=x', false, 'the prefix alone is an unknown key'],
    ['node.role=worker', false, 'what cannot be read matches nothing'],
  ])('%s is %s %s', (expression, matches) => {
    expect(matchesAll([expression], node)).toBe(matches)
  })

  test('the role is the one in effect, not the one asked for', () => {
    const promoted = aManager({ role: 'worker' })
    expect(matchesAll(['node.role==manager'], promoted)).toBe(true)
  })

  test('an elected leader stands for no address of its own', () => {
    const leader = aManager({ address: '10.0.0.2', ip: '0.0.0.0' }, { leader: true })
    expect(matchesAll(['node.ip==10.0.0.2'], leader)).toBe(false)
    expect(matchesAll(['node.ip==0.0.0.0'], leader)).toBe(true)
  })

  test('all of them must hold; none asks for nothing', () => {
    expect(matchesAll(['node.role==worker', 'node.labels.zone==west'], node)).toBe(false)
    expect(matchesAll([], node)).toBe(true)
  })

  test('of a known key, exactly one of == and != holds', () => {
    const key = fc.constantFrom('node.id', 'node.hostname', 'node.labels.zone', 'node.role')
    const value = fc.stringMatching(/^[a-zA-Z0-9._-]{1,8}$/)
    fc.assert(
      fc.property(key, value, (k, v) => {
        expect(matchesAll([`${k}==${v}`], node)).toBe(!matchesAll([`${k}!=${v}`], node))
      }),
    )
  })

  test('no text breaks the parser', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof matchesAll([text], node)).toBe('boolean')
      }),
    )
  })
})
