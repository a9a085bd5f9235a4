import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { EngineService } from '../docker/engine.ts'
import { aState } from '../domain/entities.fixture.ts'
import { temporaryFolder } from '../memory/databases.fixture.ts'
import { aMemory, away } from '../memory/memory.fixture.ts'
import type { Memory } from '../memory/memory.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { toService } from '../mirror/translate.ts'
import { silent } from '../silent.fixture.ts'
import { keepSpecs } from './specs.ts'

const at = '2026-11-21T10:00:00Z'

/** What the swarm holds, and the consoles that watch it. */
let service: EngineService
let others: EngineService[]
let listeners: Set<() => void>
let memory: Memory<null>
let stops: (() => Promise<void>)[]

const mirror = {
  state: () =>
    aState({ services: [service, ...others].map(toService), swarm: { state: 'live' } }),
  onChange: (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  api: () => ({
    services: async (ids: readonly string[]) => {
      if (ids.length > 200) throw new Error('The engine answered 431.')
      return [service, ...others].filter(({ ID }) => ids.includes(ID))
    },
  }),
} as unknown as Mirror // Only these three are asked of it.

const aService = (image: string, env: string, index: number): EngineService => ({
  ID: 'service-web',
  CreatedAt: at,
  UpdatedAt: at,
  Version: { Index: index },
  Spec: {
    Name: 'web',
    TaskTemplate: { ContainerSpec: { Image: image, Env: [`TOKEN=${env}`] } },
    Mode: { Replicated: { Replicas: 1 } },
  },
})

/** The engine takes another spec, and the mirror says that something changed. */
function becomes(image: string, env: string, index: number) {
  service = aService(image, env, index)
  for (const listener of listeners) listener()
}

function watch() {
  const specs = keepSpecs(mirror, memory, { causeOf: () => null }, silent)
  stops.push(specs.stop)
  return specs
}

/** Hundreds of versions are written to a file. */
const slow = { timeout: 20_000, interval: 20 }

const versions = async () =>
  (await memory.history.versions('service-web')).map(({ image }) => image)

const settled = async (...images: string[]) => {
  await vi.advanceTimersByTimeAsync(300)
  await vi.waitFor(async () => expect(await versions()).toEqual(images))
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  listeners = new Set()
  others = []
  stops = []
})

afterEach(async () => {
  for (const stop of stops) await stop()
  vi.useRealTimers()
})

describe.each(['with a key', 'without one'])('specs, %s', (key) => {
  beforeEach(async () => {
    const file = join(temporaryFolder(), 'key')
    writeFileSync(file, randomBytes(32), { mode: 0o600 })
    memory = await aMemory({ secretKeyFile: key === 'with a key' ? file : null })
  })

  test('each is kept once, another value of the environment alone too', async () => {
    watch()
    becomes('web:1', 'one', 1)
    await settled('web:1')
    becomes('web:1', 'one', 2)
    await settled('web:1')
    becomes('web:1', 'two', 3)
    await settled('web:1', 'web:1')
    becomes('web:2', 'two', 4)
    await settled('web:2', 'web:1', 'web:1')
    const { entries } = await memory.journal.page({ service: 'web', limit: 10 })
    expect(entries.map(({ sentence }) => sentence)).toEqual([
      'Version 3 of web: Image changed',
      'Version 2 of web: Environment TOKEN changed',
    ])
  })

  test('of more services than one call can name each is kept as well', async () => {
    watch()
    others = Array.from({ length: 250 }, (_, number) => ({
      ...aService('web:1', 'one', 1),
      ID: `service-${number}`,
    }))
    becomes('web:1', 'one', 1)
    const isKept = async (id: string) => (await memory.history.versions(id)).length
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(300)
      expect([await isKept('service-0'), await isKept('service-249')]).toEqual([1, 1])
    }, slow)
  })

  test('a restart makes no version of what did not change', async () => {
    const before = watch()
    becomes('web:1', 'one', 1)
    await settled('web:1')
    becomes('web:1', 'two', 2)
    await settled('web:1', 'web:1')
    await before.stop()
    // The progress of an update moves the index, and nothing of the spec.
    becomes('web:1', 'two', 5)
    const after = watch()
    becomes('web:1', 'two', 5)
    await settled('web:1', 'web:1')
    await after.stop()
    expect(await versions()).toEqual(['web:1', 'web:1'])
  })

  test('what changed in the environment while nobody watched is seen under a key', async () => {
    const before = watch()
    becomes('web:1', 'one', 1)
    await settled('web:1')
    await before.stop()
    watch()
    becomes('web:1', 'two', 2)
    await settled(...(key === 'with a key' ? ['web:1', 'web:1'] : ['web:1']))
  })

  test('what the memory refuses is kept once it takes it', async () => {
    watch()
    const { record } = memory.history
    memory.history.record = away
    becomes('web:1', 'one', 1)
    await settled()
    memory.history.record = record
    await vi.advanceTimersByTimeAsync(10_000)
    await settled('web:1')
  })
})
