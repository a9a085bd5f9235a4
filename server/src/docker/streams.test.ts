import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { connectDocker } from './dockerode.ts'
import type { EngineService } from './engine.ts'
import { collect, frame } from './testdata/bytes.ts'
import { startFakeEngine } from './testdata/fake-engine.ts'

const service = (TTY: boolean): EngineService => ({
  ID: 's1',
  Version: { Index: 1 },
  CreatedAt: '',
  UpdatedAt: '',
  Spec: {
    Name: 'web',
    TaskTemplate: { ContainerSpec: { TTY } },
    Mode: { Replicated: { Replicas: 1 } },
  },
})

const endless = () => new AbortController().signal
const engineSaying = (say: (response: ServerResponse) => void) =>
  startFakeEngine((_request, response) => say(response))

describe('events', () => {
  const line = readFileSync(new URL('testdata/events-28.jsonl', import.meta.url))

  test('of the swarm only; aborting ends them without an error', async () => {
    await using engine = await engineSaying((response) => response.write(line))
    const leaving = new AbortController()
    const found: string[] = []
    const events = await connectDocker(engine.endpoint).events(leaving.signal)
    for await (const { Type, Action } of events) {
      if (found.push(`${Type} ${Action}`) === 8) leaving.abort()
    }
    expect(found).toContain('service create')
    expect(engine.received[0]?.url).toBe(
      '/events?filters=%7B%22scope%22%3A%5B%22swarm%22%5D%7D',
    )
  })

  test('outlast the call timeout in silence', async () => {
    await using engine = await engineSaying((response) => {
      response.flushHeaders()
      setTimeout(() => response.write(line), 150)
    })
    const api = connectDocker(engine.endpoint, { callTimeoutMs: 50 })
    for await (const event of await api.events(endless())) {
      expect(event).toMatchObject({ Type: 'network', Action: 'create' })
      break
    }
    expect.assertions(1)
  })

  test.each([
    ['ends them', (response: ServerResponse) => response.end()],
    ['dies', (response: ServerResponse) => response.destroy()],
  ])('an engine that %s is an error', async (_what, leave) => {
    await using engine = await engineSaying((response) => {
      response.write(line, () => leave(response))
    })
    const events = await connectDocker(engine.endpoint).events(endless())
    await expect(collect(events)).rejects.toMatchObject({ kind: 'unreachable' })
  })

  test('aborted before the engine listens, they are empty', async () => {
    await using engine = await startFakeEngine(() => leaving.abort())
    const leaving = new AbortController()
    const events = await connectDocker(engine.endpoint).events(leaving.signal)
    expect(await collect(events)).toEqual([])
  })
})

describe('serviceLogs', () => {
  const tail = { follow: false, tail: 5, signal: endless() }
  const read = (
    engine: { endpoint: Parameters<typeof connectDocker>[0] },
    of: EngineService,
    options = tail,
  ) =>
    collect(connectDocker(engine.endpoint, { callTimeoutMs: 80 }).serviceLogs(of, options))

  test('asks for what attributes a line to its task', async () => {
    await using engine = await engineSaying((response) => response.end())
    await read(engine, service(false))
    expect(engine.received[0]?.url).toBe(
      '/services/s1/logs?stdout=true&stderr=true&timestamps=true&details=true' +
        '&follow=false&tail=5',
    )
  })

  test.each([
    ['the type says frames', 'application/vnd.docker.multiplexed-stream', true],
    ['no type, and the spec has no terminal', '', false],
  ])('%s', async (_why, type, tty) => {
    await using engine = await engineSaying((response) => {
      if (type) response.setHeader('content-type', type)
      response.end(frame(2, 'oops\n'))
    })
    expect(await read(engine, service(tty))).toEqual([
      { stream: 'stderr', payload: 'oops\n' },
    ])
  })

  test.each([
    ['the type says raw', 'application/vnd.docker.raw-stream', false],
    ['no type, and the spec has a terminal', '', true],
  ])('%s', async (_why, type, tty) => {
    await using engine = await engineSaying((response) => {
      if (type) response.setHeader('content-type', type)
      response.end('oops\r\n')
    })
    expect(await read(engine, service(tty))).toEqual([
      { stream: 'stdout', payload: 'oops\r\n' },
    ])
  })

  test('one that hangs before its end is a timeout; one that is followed may be silent', async () => {
    await using engine = await engineSaying((response) => response.write(frame(1, 'x\n')))
    await expect(read(engine, service(false))).rejects.toMatchObject({ kind: 'timeout' })
    const signal = AbortSignal.timeout(200)
    const followed = await read(engine, service(false), { ...tail, follow: true, signal })
    expect(followed).toHaveLength(1)
  })

  test('a slow reader is not taken for a silent engine, and holds the engine back', async () => {
    const one = frame(1, `${'x'.repeat(16_384)}\n`)
    let accepted = 0
    await using engine = await engineSaying((response) => {
      const more = () => {
        while (accepted < 2000) {
          accepted += 1
          if (!response.write(one)) {
            response.once('drain', more)
            return
          }
        }
        response.end()
      }
      more()
    })
    let lines = 0
    // Less than the reader takes, and more than this process, which is the engine too, may.
    const api = connectDocker(engine.endpoint, { callTimeoutMs: 250 })
    for await (const _ of api.serviceLogs(service(false), tail)) {
      lines += 1
      if (lines > 1) continue
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(accepted).toBeLessThan(200)
    }
    expect(lines).toBe(2000)
  })

  test('a service that is gone', async () => {
    await using engine = await engineSaying((response) => {
      response.statusCode = 404
      response.end('{"message":"service s1 not found"}')
    })
    await expect(read(engine, service(false))).rejects.toMatchObject({ kind: 'not-found' })
  })
})
