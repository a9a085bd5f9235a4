import { expect, test } from 'vitest'
import { namesCredential } from './credential-names.ts'

test.each([
  'password',
  'POSTGRES_PASSWORD',
  'db-pass',
  'dbPassword',
  'requirepass',
  'MYSQL_PWD',
  'api_key',
  'tls.key',
  'ACCESS_KEY',
  'auth-token',
  'GITHUB_TOKENS',
  'client.secret',
  'jwt',
  'aws.credentials',
  'sentry_dsn',
  'Authorization',
  'traefik.http.middlewares.admin.basicauth.users',
])('%s names a credential', (name) => {
  expect(namesCredential(name)).toBe(true)
})

test.each([
  'POSTGRES_PASSWORD_FILE',
  'secret-name',
  'token.ttl',
  'rotation-days',
  'key.rotation.days',
  'owner',
  'com.docker.stack.namespace',
  'traefik.http.routers.web.rule',
  'traefik.http.middlewares.login.forwardauth.address',
  'monkey',
  'author',
  'keyboard',
  'port',
  '',
])('%s does not', (name) => {
  expect(namesCredential(name)).toBe(false)
})
