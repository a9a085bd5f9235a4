import { beforeEach, expect, test } from 'vitest'
import type { DockerApi } from '../docker/api.ts'
import type { EngineService, EngineServiceSpec } from '../docker/engine.ts'
import { DockerError } from '../docker/errors.ts'
import { anEngine } from '../mirror/engine.fixture.ts'
import { Outdated } from './versioned-write.ts'
import { inspect, writeSpec } from './write.ts'

let engine: ReturnType<typeof anEngine>
let api: DockerApi
let written: { version: number; rollback: boolean }[]
/** What happens to the service each time before a write arrives. */
let meanwhile: (() => void)[]

const asked = (replicas: number): EngineServiceSpec => ({
  Name: 'web',
  TaskTemplate: {},
  Mode: { Replicated: { Replicas: replicas } },
})

beforeEach(() => {
  engine = anEngine()
  engine.putService('web', 2)
  written = []
  meanwhile = []
  api = {
    ...engine.api,
    async updateService(id, version, _spec, { rollback } = { rollback: false }) {
      meanwhile.shift()?.()
      const [current] = await engine.api.services([id])
      if (current?.Version.Index !== version) {
        throw new DockerError('out-of-sequence', 'update out of sequence', 500)
      }
      written.push({ version, rollback })
    },
  }
})

const read = async (): Promise<EngineService> => {
  const found = await inspect(api, 'web')
  if (!found) throw new Error('the test has put it there')
  return found
}

test('a version that moved by itself is written under the next', async () => {
  const service = await read()
  meanwhile = [() => engine.putService('web', 2), () => engine.putService('web', 2)]
  await writeSpec(api, service, asked(5), { rollback: false })
  expect(written).toEqual([{ version: (await read()).Version.Index, rollback: false }])
})

test('a spec that somebody else changed is not overwritten', async () => {
  const service = await read()
  meanwhile = [() => engine.putService('web', 3)]
  const writing = writeSpec(api, service, asked(5), { rollback: true })
  await expect(writing).rejects.toBeInstanceOf(Outdated)
  expect(written).toEqual([])
})

test('an update that paused meanwhile is not resumed by a write that was meant for a running one', async () => {
  engine.putService('web', 2, { UpdateStatus: { State: 'updating' } })
  const service = await read()
  meanwhile = [() => engine.putService('web', 2, { UpdateStatus: { State: 'paused' } })]
  const writing = writeSpec(api, service, asked(5), { rollback: false })
  await expect(writing).rejects.toBeInstanceOf(Outdated)
  expect(written).toEqual([])
})

test('it gives up when the version never rests', async () => {
  const service = await read()
  meanwhile = Array.from({ length: 9 }, () => () => engine.putService('web', 2))
  const writing = writeSpec(api, service, asked(5), { rollback: false })
  await expect(writing).rejects.toBeInstanceOf(Outdated)
  expect(meanwhile).toHaveLength(5)
})

test('a service that is gone is not made again', async () => {
  const service = await read()
  meanwhile = [() => engine.dropService('web')]
  const writing = writeSpec(api, service, asked(5), { rollback: false })
  await expect(writing).rejects.toBeInstanceOf(Outdated)
})

test('any other refusal is the caller’s to judge', async () => {
  const service = await read()
  engine.break('no-quorum')
  const writing = writeSpec(api, service, asked(5), { rollback: false })
  await expect(writing).rejects.toMatchObject({ kind: 'no-quorum' })
})
