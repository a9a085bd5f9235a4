import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ipMatches } from './ip-match.ts'

describe('ipMatches', () => {
  test.each([
    { address: '10.0.0.7', named: '10.0.0.7', matches: true, why: 'the same address' },
    { address: '10.0.0.7', named: '10.0.0.8', matches: false, why: 'another' },
    { address: '10.0.0.7', named: '10.0.0.0/24', matches: true, why: 'within the block' },
    { address: '10.0.1.7', named: '10.0.0.0/24', matches: false, why: 'beside it' },
    { address: '10.9.9.9', named: '0.0.0.0/0', matches: true, why: 'all of IPv4' },
    { address: '10.0.0.7', named: '10.0.0.7/32', matches: true, why: 'a block of one' },
    {
      address: '2001:db8::2',
      named: '2001:DB8:0:0::2',
      matches: true,
      why: 'two spellings',
    },
    { address: '2001:db8::2', named: '2001:db8::/32', matches: true, why: 'an IPv6 block' },
    {
      address: '2001:db9::2',
      named: '2001:db8::/32',
      matches: false,
      why: 'another block',
    },
    { address: '::ffff:10.0.0.7', named: '10.0.0.7', matches: true, why: 'IPv4 in IPv6' },
    { address: '10.0.0.7', named: '::/0', matches: false, why: 'IPv6 is not IPv4' },
    { address: '', named: '10.0.0.7', matches: false, why: 'a node without an address' },
    { address: '10.0.0.7', named: '10.0.0', matches: null, why: 'three numbers' },
    { address: '10.0.0.7', named: '10.0.0.07', matches: null, why: 'a leading zero' },
    { address: '10.0.0.7', named: '10.0.0.0/33', matches: null, why: 'a block too long' },
    {
      address: '10.0.0.7',
      named: '10.0.0.0/',
      matches: null,
      why: 'a block without length',
    },
    { address: '10.0.0.7', named: '10.0.0.0/8/8', matches: null, why: 'two lengths' },
    { address: '10.0.0.7', named: '1:2:3', matches: null, why: 'too few groups' },
    { address: '10.0.0.7', named: '1::2::3', matches: null, why: 'two gaps' },
    { address: '10.0.0.7', named: 'host', matches: null, why: 'no address at all' },
  ])('$address in $named is $matches: $why', ({ address, named, matches }) => {
    expect(ipMatches(address, named)).toBe(matches)
  })

  test('every address is itself, and lies in every block cut from it', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(address, fc.nat({ max: 128 }), (ip, length) => {
        expect(ipMatches(ip, ip)).toBe(true)
        const prefix = ip.includes(':') && !ip.includes('.') ? length : Math.min(length, 32)
        expect(ipMatches(ip, `${ip}/${prefix}`)).toBe(true)
      }),
    )
  })
})
