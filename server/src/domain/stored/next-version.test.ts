import { storedName } from '@skep/shared/contract/stored'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { proposeNext } from './next-version.ts'
import { compareRanks, compareVersions, familyOf } from './version-family.ts'
import { someName } from './version-names.fixture.ts'

const now = Date.parse('2026-11-21T12:34:56Z')
const next = (name: string, ...taken: string[]) =>
  proposeNext(name, new Set([name, ...taken]), now)

test.each([
  ['x_v7', 'x_v8'],
  ['x-V7', 'x-V8'],
  ['x.3', 'x.4'],
  ['x_2', 'x_3'],
  ['x_007', 'x_008'],
  ['x_v099', 'x_v100'],
  ['api_v1.2.9', 'api_v1.2.10'],
  ['nginx_v3.conf', 'nginx_v4.conf'],
  ['nginx.conf', 'nginx.conf_v2'],
  ['x', 'x_v2'],
  ['my-secret', 'my-secret-v2'],
  ['shop_db-password', 'shop_db-password-v2'],
  ['x_a1b2c3d', 'x_v2'],
  ['x-9f86d081884c7d65', 'x-v2'],
  ['x_v3_a1b2c3d', 'x_v4'],
  ['db_password_2024_11', 'db_password_2026_11'],
  ['db_password_2024-11-03', 'db_password_2026-11-21'],
  ['db_password_20241103', 'db_password_20261121'],
  ['db_password_202411', 'db_password_202611'],
  ['db_password_2024', 'db_password_2026'],
  ['tls-03-11-2024', 'tls-21-11-2026'],
  ['tls-11-23-2024', 'tls-11-21-2026'],
  ['smtp_2024q3', 'smtp_2026q4'],
  ['smtp_Q3_2024', 'smtp_Q4_2026'],
  ['app-r12', 'app-r13'],
  ['app_rev3', 'app_rev4'],
  ['app_rev09', 'app_rev10'],
  ['app-release4', 'app-release5'],
  ['cloudflare-r2', 'cloudflare-r2-v2'],
  ['app-2026w12', 'app-2026w47'],
  ['app_2026-W07', 'app_2026-W47'],
  ['app-2025w9', 'app-2026w47'],
  ['app_KW12_2026', 'app_KW47_2026'],
  ['app-2026w47', 'app-2026w47-v2'],
  ['app.20260102T0304', 'app.20261121T1234'],
  ['app_20260102t030405', 'app_20261121t123456'],
  ['app-2026-01-02T03-04-05Z', 'app-2026-11-21T12-34-56Z'],
  ['app_20260102030405', 'app_20261121123456'],
  ['app.20261121T1234', 'app.20261121T1234.v2'],
  ['app.20260102T0304_r2', 'app.20261121T1234_r1'],
  ['pay_stripe_prod_2024_11_v3', 'pay_stripe_prod_2026_11_v1'],
  ['pay_stripe_prod_2026_11_v3', 'pay_stripe_prod_2026_11_v4'],
  ['db_password_2026_11', 'db_password_2026_11_v2'],
  ['db-password-2026-11', 'db-password-2026-11-v2'],
  ['db_password_2027_01', 'db_password_2027_01_v2'],
  ['haproxy-2024-11-03.cfg', 'haproxy-2026-11-21.cfg'],
  ['db_pw_26_10', 'db_pw_26_11'],
  ['db_pw_26_12', 'db_pw_26_12_v2'],
  ['db_pw_22102026', 'db_pw_21112026'],
  ['db_pw_10222026', 'db_pw_11212026'],
  ['db_pw_30.10.26', 'db_pw_21.11.26'],
  ['db_pw_25-10-30', 'db_pw_26-11-21'],
  ['db_pw_261022', 'db_pw_261121'],
  ['db_pw_311226', 'db_pw_311226_v2'],
  ['db_pw_26q3', 'db_pw_26q4'],
  ['db-q3-25', 'db-q4-26'],
  ['db-h1-2026', 'db-h2-2026'],
  ['db_oct_2026', 'db_nov_2026'],
  ['db_October_2026', 'db_November_2026'],
  ['db_2026-OCT', 'db_2026-NOV'],
  ['api_v1.2.3-rc1', 'api_v1.2.3-rc2'],
  ['tenant_4711', 'tenant_4711_v2'],
  ['db_20261020_1530', 'db_20261121_0001'],
  ['db-550e8400-e29b-41d4-a716-446655440000', 'db-v2'],
  ['key_rsa_4096', 'key_rsa_4096_v2'],
  ['rsa_00f0000_4096_v2', 'rsa_00f0000_4096_v3'],
])('%s is followed by %s', (name, expected) => {
  expect(next(name)).toBe(expected)
})

test.each([
  ['x_v3', ['x_v4', 'x_v7'], 'x_v8'],
  ['x', ['x_v2', 'x_v5'], 'x_v6'],
  ['x_a1b2c3d', ['x_v2'], 'x_v3'],
  ['x_2024_11', ['x_2026_11'], 'x_2026_11_v2'],
  ['x_2024_11', ['x_2026_11', 'x_2026_11_v2'], 'x_2026_11_v3'],
  ['x_v3', ['y_v9', 'x_key_v9'], 'x_v4'],
  // A standard's number is no version, so the next one steps over it.
  ['key_aes_255', [], 'key_aes_257'],
])('%s beside %j is followed by %s', (name, taken, expected) => {
  expect(next(name, ...taken)).toBe(expected)
})

test('a name without room for a number gives up its end', () => {
  const name = `${'a'.repeat(63)}b`
  expect(next(name)).toBe(`${'a'.repeat(61)}_v2`)
})

test('the next one is free, taken by the engine, of the family, and newer', () => {
  const all = fc.tuple(
    someName,
    fc.array(someName, { maxLength: 5 }),
    fc.array(
      fc.constantFrom(
        ...['_v2', '-v3', '_2026_11', '-20261121', '_2', '_a1b2c3d'],
        ...['-r12', '-2026w47', '.20261121T1234', '_20261121123456'],
      ),
      {
        maxLength: 4,
      },
    ),
  )
  fc.assert(
    fc.property(all, ([name, others, ends]) => {
      const { family } = familyOf(name)
      const taken = new Set([name, ...others, ...ends.map((end) => family + end)])
      const found = proposeNext(name, taken, now)
      expect(storedName.safeParse(found).success).toBe(true)
      expect(taken).not.toContain(found)
      const isNewer = { name: found, createdAt: now }
      expect(compareVersions({ name, createdAt: 0 }, isNewer)).toBeLessThan(0)
      // Where there is room for a number, the family is kept.
      if (family.length <= 58) expect(familyOf(found).family).toBe(family)
    }),
    { numRuns: 500 },
  )
})

test('whenever it is asked, a dated name leads to the present one', () => {
  const dated = fc.constantFrom(
    ...['x-2000w01', 'x-w1-2000', 'x_2000-W52', 'x.20000102T0304', 'x-20000102T030405Z'],
    ...['x_20000102030405', 'x_2000_01_02', 'x_2000q1'],
  )
  const moment = fc.date({
    min: new Date('2001-01-08'),
    max: new Date('2097-12-01'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(dated, moment, fc.nat(400), (name, at, days) => {
      const today = proposeNext(name, new Set([name]), at.getTime())
      expect(familyOf(today)).toMatchObject({ family: 'x', kind: 'date' })
      expect(today.replaceAll(/\d/g, '#')).toMatch(name.replaceAll(/\d/g, '#').slice(0, 3))
      // Asked later, it is newer, or the same day's, hour's or week's once more.
      const taken = new Set([name, today])
      const later = proposeNext(today, taken, at.getTime() + days * 86_400_000)
      expect(compareRanks(familyOf(today).rank, familyOf(later).rank)).toBeLessThan(0)
      const isPlain = !/v2$/.test(later)
      if (days >= 100) expect(isPlain).toBe(true)
    }),
  )
})

test('one after another, none is ever proposed twice', () => {
  fc.assert(
    fc.property(someName, (first) => {
      const taken = new Set([first])
      let name = first
      for (let i = 0; i < 15; i += 1) {
        const found = proposeNext(name, taken, now)
        expect(taken).not.toContain(found)
        taken.add(found)
        name = found
      }
    }),
    { numRuns: 50 },
  )
})

test('whatever it is asked, it answers with a name that the engine takes', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (name, taken) => {
      expect(storedName.safeParse(proposeNext(name, new Set(taken), now)).success).toBe(
        true,
      )
    }),
  )
})
