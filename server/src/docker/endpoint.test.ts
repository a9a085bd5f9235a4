import { describe, expect, test } from 'vitest'
import { EndpointError, type EndpointSettings, endpoints, type Tls } from './endpoint.ts'

const tls: Tls = { ca: 'CA', client: { cert: 'CERT', key: 'KEY' } }
const read = (settings: EndpointSettings) => endpoints(settings, () => tls)

describe('endpoints', () => {
  test('the default socket, when nothing is set', () => {
    const fallback = {
      label: 'unix:///var/run/docker.sock',
      kind: 'unix',
      socketPath: '/var/run/docker.sock',
    }
    expect(read({})).toEqual([fallback])
    expect(read({ DOCKER_HOST: '' })).toEqual([fallback])
    expect(read({ DOCKER_HOST: 'unix://' })).toEqual([fallback])
  })

  test.each([
    [
      'unix:///run/my docker%20.sock',
      { kind: 'unix', socketPath: '/run/my docker%20.sock' },
    ],
    ['tcp://m1:2375', { kind: 'tcp', host: 'm1', port: 2375, tls: null }],
    ['tcp://m1', { kind: 'tcp', host: 'm1', port: 2375, tls: null }],
    ['m1:2375', { kind: 'tcp', host: 'm1', port: 2375, tls: null }],
    ['tcp://10.0.0.1:2376', { kind: 'tcp', host: '10.0.0.1', port: 2376, tls }],
    ['tcp://[fd00::1]:2375', { kind: 'tcp', host: 'fd00::1', port: 2375, tls: null }],
    ['http://proxy/', { kind: 'tcp', host: 'proxy', port: 80, tls: null }],
    ['https://proxy', { kind: 'tcp', host: 'proxy', port: 443, tls }],
  ])('%s', (DOCKER_HOST, expected) => {
    expect(read({ DOCKER_HOST })).toMatchObject([expected])
  })

  test.each([{ DOCKER_TLS_VERIFY: '1' }, { DOCKER_CERT_PATH: '/certs' }])(
    'tcp speaks TLS when %o is set',
    (settings) => {
      const [endpoint] = read({ DOCKER_HOST: 'tcp://m1', ...settings })
      expect(endpoint).toMatchObject({ label: 'tcp://m1:2376', port: 2376, tls })
    },
  )

  test('certificates are looked for where DOCKER_CERT_PATH says', () => {
    const asked: unknown[] = []
    const readTls = (...question: unknown[]) => {
      asked.push(question)
      return tls
    }
    endpoints({ DOCKER_HOST: 'https://m1' }, readTls)
    endpoints({ DOCKER_HOST: 'tcp://m1', DOCKER_CERT_PATH: '/certs' }, readTls)
    endpoints({ DOCKER_HOST: 'unix:///a', DOCKER_CERT_PATH: '/certs' }, readTls)
    expect(asked).toEqual([
      [null, false],
      ['/certs', true],
    ])
  })

  test('several managers take precedence, in their order, each once', () => {
    const found = read({
      DOCKER_HOST: 'tcp://other:2375',
      SKEP_DOCKER_HOSTS: ' tcp://m1:2375, unix:///run/m2.sock ,tcp://m1, ',
    })
    expect(found.map(({ label }) => label)).toEqual([
      'tcp://m1:2375',
      'unix:///run/m2.sock',
    ])
  })

  test.each([
    [{ DOCKER_HOST: '/var/run/docker.sock' }, 'Write unix:///var/run/docker.sock.'],
    [{ DOCKER_HOST: 'unix://var/run/docker.sock' }, 'Write unix:///var/run/docker.sock'],
    [{ DOCKER_HOST: `unix:///${'x'.repeat(107)}` }, 'shorter path'],
    [{ DOCKER_HOST: 'ssh://root@m1' }, 'ssh -N -L'],
    [
      { DOCKER_HOST: 'npipe:////./pipe/docker_engine' },
      'Write unix:///var/run/docker.sock',
    ],
    [{ DOCKER_HOST: 'tcp://' }, 'Write tcp://HOST:2376.'],
    [{ DOCKER_HOST: 'tcp://m1:99999' }, 'Write tcp://HOST:2376.'],
    [{ DOCKER_HOST: 'tcp://m_1;rm:2375' }, 'Write tcp://HOST:2376.'],
    [{ DOCKER_HOST: 'tcp://m1:2375/v1.41' }, 'Write tcp://m1:2375.'],
    [
      { DOCKER_HOST: 'http://m1', DOCKER_TLS_VERIFY: '1' },
      'Write https://, or unset them.',
    ],
    [{ SKEP_DOCKER_HOSTS: ' , ' }, 'SKEP_DOCKER_HOSTS names no engine.'],
    [{ SKEP_DOCKER_HOSTS: 'tcp://m1,ftp://m2' }, 'SKEP_DOCKER_HOSTS must begin with'],
  ])('%o is refused, saying what to write', (settings, sentence) => {
    expect(() => read(settings)).toThrow(EndpointError)
    expect(() => read(settings)).toThrow(sentence)
  })

  test('a password is not repeated in the complaint', () => {
    const complaints = [
      'tcp://me:hunter2@m1',
      'tcp://me:hunter2@',
      'ssh://me:hunter2@m1',
    ].map((DOCKER_HOST) => {
      try {
        read({ DOCKER_HOST })
      } catch (error) {
        return String(error)
      }
      return 'accepted'
    })
    for (const complaint of complaints) {
      expect(complaint).toMatch(/^EndpointError/)
      expect(complaint).not.toContain('hunter2')
    }
  })
})
