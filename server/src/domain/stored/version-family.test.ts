import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { weekOf } from './iso-week.ts'
import {
  compareRanks,
  compareVersions,
  familyOf,
  isOrderDisputed,
  newestFirst,
} from './version-family.ts'
import { someName } from './version-names.fixture.ts'

/** Names as people write them: name, family, version. */
const names = `
billing_db-password_prod_2024_11_v3 | billing_db-password_prod | 2024_11_v3
pay_stripe_prod_2025_01_v1 | pay_stripe_prod | 2025_01_v1
db_password_v7 | db_password | v7
db_password_V7 | db_password | V7
db-password-v2 | db-password | v2
db-password-v02 | db-password | v02
nginx.conf.3 | nginx.conf | 3
nginx_conf_2 | nginx_conf | 2
nginx.conf_v12 | nginx.conf | v12
nginx_v12.conf | nginx.conf | v12
haproxy-2024-11-03.cfg | haproxy.cfg | 2024-11-03
app.v3.yml | app.yml | v3
app-rev4 | app | rev4
app_rev3 | app | rev3
app-r12 | app | r12
app.R3 | app | R3
app-revision7 | app | revision7
app_rel3 | app | rel3
app-release12 | app | release12
app-ver4 | app | ver4
app_version_4 | app_version | 4
app-version4 | app | version4
api_v1.2.3 | api | v1.2.3
api-1.2.3 | api | 1.2.3
api_config_v2_1 | api_config | v2_1
db_password_2024_11 | db_password | 2024_11
db_password_2024-11 | db_password | 2024-11
db_password_2024.11 | db_password | 2024.11
db_password_202411 | db_password | 202411
db_password_2024-11-03 | db_password | 2024-11-03
db_password_2024_11_03 | db_password | 2024_11_03
db_password_20241103 | db_password | 20241103
db_password.20241103 | db_password | 20241103
db_password_20241103_2 | db_password | 20241103_2
db_password_20241103-v2 | db_password | 20241103-v2
tls_cert_2024 | tls_cert | 2024
tls-cert-03-11-2024 | tls-cert | 03-11-2024
tls-cert-11-23-2024 | tls-cert | 11-23-2024
smtp_2024q3 | smtp | 2024q3
smtp_2024-Q3 | smtp | 2024-Q3
smtp_Q3_2024 | smtp | Q3_2024
smtp-q42025 | smtp | q42025
app-2026w12 | app | 2026w12
app_2026-W07 | app | 2026-W07
app-2026-w7 | app | 2026-w7
app_2026kw03 | app | 2026kw03
app_w12_2026 | app | w12_2026
app-KW12-2026 | app | KW12-2026
app-2026w53 | app | 2026w53
app-2025w53 | app-2025w53 |
app-2026w54 | app-2026w54 |
app-2026w00 | app-2026w00 |
app.20260102T0304 | app | 20260102T0304
app_20260102t030405 | app | 20260102t030405
app-20260102T030405Z | app | 20260102T030405Z
app-2026-01-02T03-04-05 | app | 2026-01-02T03-04-05
app_2026-01-02T03.04 | app | 2026-01-02T03.04
app-20260102T0304_r2 | app | 20260102T0304_r2
app.20260102T2504 | app.20260102T2504 |
wildcard.example.com-2025q1 | wildcard.example.com | 2025q1
shop_nginx_a1b2c3d | shop_nginx | a1b2c3d
shop_nginx-9f86d081884c7d65 | shop_nginx | 9f86d081884c7d65
shop_nginx_1699012345 | shop_nginx | 1699012345
shop_nginx_20241103153000 | shop_nginx | 20241103153000
traefik_dynamic-d41d8cd98f00b204e9800998ecf8427e | traefik_dynamic | d41d8cd98f00b204e9800998ecf8427e
app_config_v1.4-3-g1a2b3c4 | app_config | v1.4-3-g1a2b3c4
app_config_v3_a1b2c3d | app_config | v3_a1b2c3d
prom-config-5D41402ABC | prom-config | 5D41402ABC
x__v2 | x | v2
x-_2 | x | 2
app_v2.conf_v3 | app.conf | v2_v3
postgres15 | postgres15 |
postgres-15 | postgres | 15
ipv4 | ipv4 |
allow_ipv6 | allow_ipv6 |
utf8 | utf8 |
charset-utf-8 | charset-utf-8 |
sha256 | sha256 |
key_sha-256 | key_sha-256 |
key_sha512 | key_sha512 |
key_rsa_4096 | key_rsa_4096 |
key_aes-256 | key_aes-256 |
s3_key | s3_key |
cloudflare-r2 | cloudflare-r2 |
cf_r2 | cf_r2 |
cloudflare-r2-v3 | cloudflare-r2 | v3
appr12 | appr12 |
oauth2 | oauth2 |
oauth2_client_secret | oauth2_client_secret |
oauth2_client_secret_v3 | oauth2_client_secret | v3
min_tls_1.2 | min_tls_1.2 |
upstream_10.0.0.12 | upstream_10.0.0.12 |
upstream_10.0.0.12_v2 | upstream_10.0.0.12 | v2
db_defaced | db_defaced |
db_abcdef | db_abcdef |
site_facade | site_facade |
dbpasswordv2 | dbpasswordv2 |
v2_db_password | v2_db_password |
db_v2_password | db_v2_password |
2024-11-03 | 2024-11-03 |
20241103 | 20241103 |
v2 | v2 |
7 | 7 |
2024-11-03_v2 | 2024-11-03 | v2
db_password | db_password |
grafana.ini | grafana.ini |
mystack_my.config.json | mystack_my.config.json |
app_2024_13 | app | 2024_13
app_20241399 | app_20241399 |
db_22112026 | db | 22112026
db_11222026 | db | 11222026
db_30.11.26 | db | 30.11.26
db_22-11-26 | db | 22-11-26
db_26-11-22 | db | 26-11-22
db_26_11_22 | db | 26_11_22
db_261122 | db | 261122
db_26_11 | db | 26_11
db_2611 | db | 2611
smtp_26q3 | smtp | 26q3
smtp_q3-26 | smtp | q3-26
smtp-h2-2026 | smtp | h2-2026
smtp_2026h1 | smtp | 2026h1
db_nov_2026 | db | nov_2026
db-November-2026 | db | November-2026
db_2026-Nov | db | 2026-Nov
db_20261122_1530 | db | 20261122_1530
db-550e8400-e29b-41d4-a716-446655440000 | db | 550e8400-e29b-41d4-a716-446655440000
api_v1.2.3-rc1 | api | v1.2.3-rc1
api_2026_11_rc2 | api | 2026_11_rc2
api-beta2 | api-beta2 |
tenant_4711 | tenant_4711 |
shop_customer_12 | shop_customer_12 |
kafka-broker-1 | kafka-broker-1 |
account_12345678 | account_12345678 |
db_4711 | db_4711 |
db_h3_2026 | db_h3 | 2026
ubuntu_24.04 | ubuntu | 24.04
aws_key_us-east-1 | aws_key_us-east-1 |
aws_key_us-east-1_v2 | aws_key_us-east-1 | v2
aws_key_us-gov-west-1 | aws_key_us-gov-west-1 |
s3_eu_central_1 | s3_eu_central_1 |
s3_ap-southeast-2 | s3_ap-southeast-2 |
shop_us-2 | shop_us | 2
deploy_ed25519 | deploy_ed25519 |
ssh_host_ed25519.pub | ssh_host_ed25519.pub |
id_ed25519_v2 | id_ed25519 | v2
id_ed448 | id_ed448 |
jwt_es_256 | jwt_es_256 |
hash_sha3-256 | hash_sha3-256 |
curve_p-384 | curve_p-384 |
dkim_2048 | dkim_2048 |
dkim_2048_2026 | dkim_2048 | 2026
dhparam_4096 | dhparam_4096 |
mysql_3306 | mysql_3306 |
mysql_3306_v2 | mysql_3306 | v2
grafana_3001 | grafana_3001 |
db_33_06 | db | 33_06
nfs_2049 | nfs_2049 |
smtp_587 | smtp_587 |
smtp_58 | smtp | 58
ldaps_636 | ldaps_636 |
`

const rows = names
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))

test.each(rows)('%s', (name = '', family, version) => {
  expect(familyOf(name)).toMatchObject({ family, version: version || null })
})

test('the table is as long as it has to be', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60)
})

test('a family has no version', () => {
  fc.assert(
    fc.property(someName, (name) => {
      const { family } = familyOf(name)
      expect(familyOf(family)).toMatchObject({ family, version: null })
    }),
  )
})

test('no text is too strange to have a family', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(familyOf(familyOf(text).family).family).toBe(familyOf(text).family)
    }),
  )
})

const at = (name: string, createdAt = 0) => ({ name, createdAt })

describe('the newer of two', () => {
  test.each([
    ['x', 'x_v2'],
    ['x_v2', 'x_v10'],
    ['x_9', 'x-10'],
    ['x_v1.9', 'x_v1.10'],
    ['x_v1', 'x_v1.1'],
    ['x_2024_11', 'x_2024_12'],
    ['x_2024_11_v9', 'x_2024_12_v1'],
    ['x_2024_11_v1', 'x_2024_11_v2'],
    ['x_20241103', 'x_2024-11-04'],
    ['x_2024q3', 'x_Q4_2024'],
    ['x_2024', 'x_2024_02'],
    ['x-r9', 'x-r12'],
    ['x_rev3', 'x-r4'],
    ['x-2026w9', 'x-2026w12'],
    ['x-2025w52', 'x-2026w01'],
    ['x-2026w53', 'x-w1-2027'],
    ['x-2026w12', 'x-2026-03-17'],
    ['x-2026-03-15', 'x-2026w12'],
    ['x-20260102', 'x-20260102T0000'],
    ['x.20260102T0959', 'x.20260102T1000'],
    ['x.20260102T100059', 'x.20260102T1001'],
    ['x.20260102T2359', 'x.20260103T0000'],
    ['x_20260102095959', 'x_20260102T100000Z'],
    ['x.20260102T0304', 'x.20260102T0304_r2'],
    ['x_03-11-2024', 'x_01-12-2024'],
    ['x_v3_fffffff1', 'x_v4_aaaaaaa1'],
    ['x_22112026', 'x_01122026'],
    ['x_30.11.26', 'x_01.12.26'],
    ['x_26_12', 'x_27_01'],
    ['x_26q3', 'x_Q4_2026'],
    ['x_2026h1', 'x_h2-2026'],
    ['x_dec_2026', 'x_jan_2027'],
    ['x_v1.2.3-rc1', 'x_v1.2.3-rc2'],
    ['x_v1.2.3-rc2', 'x_v1.2.3'],
    ['x_v1.2.2', 'x_v1.2.3-rc1'],
  ])('of %s is %s, whenever they were made', (older, newer) => {
    expect(compareVersions(at(older, 9), at(newer, 1))).toBeLessThan(0)
    expect(compareVersions(at(newer, 1), at(older, 9))).toBeGreaterThan(0)
  })

  test.each([
    ['x_fffffff1', 'x_aaaaaaa1'],
    ['x_v3', 'x_aaaaaaa1'],
    ['x_2024_11', 'x_v2'],
    ['x_v3_fffffff1', 'x_v3_aaaaaaa1'],
  ])('of %s and %s is the one that was made later', (a, b) => {
    expect(compareVersions(at(a, 1), at(b, 2))).toBeLessThan(0)
    expect(compareVersions(at(a, 2), at(b, 1))).toBeGreaterThan(0)
  })
})

const written = fc.record({
  days: fc.integer({ min: 10_960, max: 46_000 }),
  seconds: fc.integer({ min: 0, max: 86_399 }),
})
type Written = { days: number; seconds: number }

/** Ways of writing a moment, each with the seconds that it tells it by. */
const ways: { name: string; by: number; write: (iso: string) => string }[] = [
  { name: 'to the second', by: 1, write: (iso) => iso.replace(/[-:]|\..*/g, '') },
  {
    name: 'as fourteen digits',
    by: 1,
    write: (iso) => iso.replace(/\D/g, '').slice(0, 14),
  },
  {
    name: 'in zulu time',
    by: 1,
    write: (iso) => iso.replace(/:|\.\d+/g, '-').replace(/-Z/, 'Z'),
  },
  { name: 'to the minute', by: 60, write: (iso) => iso.replace(/[-:]/g, '').slice(0, 13) },
  { name: 'to the day', by: 86_400, write: (iso) => iso.slice(0, 10) },
]

test.each(ways)('moments written $name are in order of time', ({ by, write }) => {
  const at = ({ days, seconds }: Written) => Math.floor((days * 86_400 + seconds) / by) * by
  const named = (one: Written) => `x_${write(new Date(at(one) * 1_000).toISOString())}`
  fc.assert(
    fc.property(written, written, (a, b) => {
      const [one, other] = [named(a), named(b)]
      expect(familyOf(one)).toMatchObject({ family: 'x', kind: 'date' })
      const order = compareRanks(familyOf(one).rank, familyOf(other).rank)
      expect(Math.sign(order)).toBe(Math.sign(at(a) - at(b)))
    }),
  )
})

test('weeks are in order of time, across the turn of a year too', () => {
  const week = (days: number) => {
    const at = new Date(days * 86_400_000)
    const { year, week } = weekOf({
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
    })
    return familyOf(`x-${year}w${String(week).padStart(2, '0')}`)
  }
  fc.assert(
    fc.property(written, fc.nat(700), ({ days }, later) => {
      expect(week(days)).toMatchObject({ family: 'x', kind: 'date' })
      const order = compareRanks(week(days).rank, week(days + later).rank)
      expect(order).toBeLessThanOrEqual(0)
      if (later >= 7) expect(order).toBeLessThan(0)
    }),
  )
})

test('a family is in order of its numbers', () => {
  const order = newestFirst([at('x_v2', 5), at('x_v10', 1), at('x', 9)])
  expect(order.map(({ name }) => name)).toEqual(['x_v10', 'x_v2', 'x'])
})

const hour = 3_600_000
const inTurn = (...names: string[]) => names.map((name, i) => at(name, i * hour))

test.each([
  [['x_06-25-2026', 'x_07-04-2026', 'x_12-31-2026'], true],
  [['x_v1_2026_11', 'x_v2_2026_10'], true],
  [['x_v2', 'x_v10', 'x_v3'], true],
  [['x_v1', 'x_v2', 'x_v3'], false],
  [['x_22112026', 'x_01122026'], false],
  [['x_v8', 'x_a1b2c3d', 'x_v7'], false],
  [['x'], false],
])('a family in its own time: %j is at odds with its names: %s', (names, isDisputed) => {
  const members = inTurn(...names)
  expect(isOrderDisputed(members)).toBe(isDisputed)
  expect(newestFirst(members).map(({ name }) => name)).toEqual(names.toReversed())
})

test('what was made at one time is in order of its names, whichever came first', () => {
  const members = [at('x_v2', 0), at('x_v1', 30_000), at('x_v3', 10_000)]
  expect(isOrderDisputed(members)).toBe(false)
  expect(newestFirst(members).map(({ name }) => name)).toEqual(['x_v3', 'x_v2', 'x_v1'])
})

test('a family that is versioned in several ways is in order of time', () => {
  const order = newestFirst([at('x_v8', 1), at('x_v7', 3), at('x_a1b2c3d', 2)])
  expect(order.map(({ name }) => name)).toEqual(['x_v7', 'x_a1b2c3d', 'x_v8'])
})

test('the order of a family does not depend on where it begins', () => {
  const members = fc.uniqueArray(
    fc.record({ name: someName.map((name) => `x_${name}`), createdAt: fc.nat(3) }),
    { selector: ({ name }) => name, minLength: 2, maxLength: 8 },
  )
  fc.assert(
    fc.property(members, (some) => {
      expect(newestFirst(some.toReversed())).toEqual(newestFirst(some))
    }),
  )
})
