import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

describe('the settings', () => {
  test('are loopback and 4310 unless told otherwise', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4310,
      watchSocket: undefined,
      logLevel: 'info',
      hosts: ['127.0.0.1'],
      readOnly: false,
      memory: {
        databaseUrl: null,
        dataDir: '/var/lib/.local/share/skep',
        secretKeyFile: null,
        retentionDays: 90,
      },
    })
  })

  test.each(['localhost', '::1', '127.0.0.1', '127.1.2.3'])(
    '%s is loopback',
    (SKEP_HOST) => {
      expect(readConfig({ SKEP_HOST }).host).toBe(SKEP_HOST)
    },
  )

  test.each(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.org', 'console'])(
    '%s is refused, since there is no sign-in',
    (SKEP_HOST) => {
      expect(() => readConfig({ SKEP_HOST })).toThrow(ConfigError)
      expect(() => readConfig({ SKEP_HOST, SKEP_ALLOW_UNAUTHENTICATED: 'true' })).toThrow(
        'SKEP_ALLOW_UNAUTHENTICATED=yes',
      )
    },
  )

  test('another address is taken when the risk is accepted in so many words', () => {
    const accepted = { SKEP_HOST: '0.0.0.0', SKEP_ALLOW_UNAUTHENTICATED: 'yes' }
    expect(readConfig(accepted).host).toBe('0.0.0.0')
  })

  test.each([{ SKEP_PORT: 'http' }, { SKEP_PORT: '70000' }, { SKEP_LOG_LEVEL: 'loud' }])(
    '%o is refused by name',
    (environment) => {
      const [name] = Object.keys(environment)
      expect(() => readConfig(environment)).toThrow(name)
    },
  )
})
