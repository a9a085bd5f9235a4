import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DockerApi } from '../docker/api.ts'
import type { LogFrame } from '../docker/log-frames.ts'
import { anEngine } from '../mirror/engine.fixture.ts'
import { aMirror, live } from '../mirror/mirror.fixture.ts'
import { serveLogs } from './logs.ts'

const options = { tail: 10, follow: true }
const line: LogFrame = { stream: 'stdout', payload: '2026-11-22T09:00:00Z hello\n' }

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

/** A reader whose socket takes nothing any more once it has left. */
function aReader() {
  const reader = Object.assign(new EventEmitter(), {
    destroyed: false,
    frames: [] as string[],
    write: (text: string) => {
      reader.frames.push(text)
      return !reader.destroyed
    },
    end: () => {},
    leave: () => {
      reader.destroyed = true
      reader.emit('close')
    },
  })
  return reader
}

async function serve(
  reader: ReturnType<typeof aReader>,
  serviceLogs: DockerApi['serviceLogs'],
): Promise<void> {
  const engine = anEngine()
  engine.putNode('m1')
  engine.putService('web', 1)
  const mirror = aMirror({ ...engine, api: { ...engine.api, serviceLogs } })
  await live(mirror)
  // It is as much of a response as a reader of logs needs.
  return serveLogs(mirror, 'web', options, reader as unknown as ServerResponse)
}

describe('a reader of logs', () => {
  test('gets the lines, and the end', async () => {
    const reader = aReader()
    await serve(reader, async function* () {
      yield line
    })
    expect(reader.frames.join('')).toMatch(/following.*hello.*ended/s)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that leaves while lines are on their way is let go', async () => {
    const reader = aReader()
    await serve(reader, async function* () {
      yield line
      reader.leave()
      yield line
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that has left before they are asked for is let go', async () => {
    const reader = aReader()
    reader.leave()
    await serve(reader, async function* (_service, { signal }) {
      if (!signal.aborted) await new Promise(() => {})
      yield line
    })
    expect(vi.getTimerCount()).toBe(0)
  })
})
