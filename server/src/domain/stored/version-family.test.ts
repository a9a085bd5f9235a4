import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions, familyOf, newestFirst } from './version-family.ts'
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
app_20241399 | app | 20241399
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
    ['x_03-11-2024', 'x_01-12-2024'],
    ['x_v3_fffffff1', 'x_v4_aaaaaaa1'],
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

test('a family is in order of its numbers', () => {
  const order = newestFirst([at('x_v2', 5), at('x_v10', 1), at('x', 9)])
  expect(order.map(({ name }) => name)).toEqual(['x_v10', 'x_v2', 'x'])
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
