import type { Asked } from '@skep/shared/contract/commands'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { away } from '../memory/memory.fixture.ts'
import { VaultError } from '../memory/vault.ts'
import { anEngine, type TestEngine } from '../mirror/engine.fixture.ts'
import { silent } from '../silent.fixture.ts'
import { consentTo } from './consent.fixture.ts'
import { aConsole, type Console } from './console.fixture.ts'
import { createOperations } from './operations.ts'
import { createServiceCommands, type ServiceCommands } from './service-commands.ts'

let engine: TestEngine
let parts: Console
let memory: Console['memory']
let operations: Console['operations']
let commands: ServiceCommands

beforeEach(async () => {
  engine = anEngine()
  engine.putNode('m1')
  engine.putService('web', 2)
  for (const [id, Slot] of [['t1', 1] as const, ['t2', 2] as const]) {
    engine.putTask(id, 'web', 'running', { Slot })
  }
  parts = await aConsole(engine)
  memory = parts.memory
  operations = parts.operations
  commands = createServiceCommands(parts)
})

const scale = (replicas: number): Asked => ({ kind: 'scale', replicas })

const run = async (asked: Asked) =>
  commands.run(asked, 'web', consentTo(await commands.preview(asked, 'web')), 'ana')

const writes = () => engine.calls.filter((call) => call === 'update' || call === 'remove')

describe('a commit', () => {
  test('writes the intent down, then the spec, and is tracked', async () => {
    const operation = await run(scale(5))
    expect(operation).toMatchObject({ state: 'accepted', actor: 'ana', kind: 'scale' })
    const [service] = await engine.api.services(['web'])
    expect(service?.Spec.Mode).toEqual({ Replicated: { Replicas: 5 } })
    expect(service?.Spec.TaskTemplate.ContainerSpec?.Env).toEqual(['TOKEN=s3cret'])
    const { entries } = await memory.journal.page({ service: 'web', limit: 10 })
    expect(entries[0]).toMatchObject({ kind: 'action', actor: 'ana' })
    expect(Object.keys(operations.all())).toEqual([operation.id])
  })

  test('that answers another preview writes nothing, and brings the new one', async () => {
    const consent = consentTo(await commands.preview(scale(5), 'web'))
    engine.putService('web', 3)
    const refused = commands.run(scale(5), 'web', consent, 'ana')
    await expect(refused).rejects.toMatchObject({
      refused: { status: 409, code: 'preview-outdated', preview: { kind: 'scale' } },
    })
    expect(writes()).toEqual([])
  })

  test('of two at once exactly one wins', async () => {
    const consents = await Promise.all(
      [5, 6].map(async (n) => consentTo(await commands.preview(scale(n), 'web'))),
    )
    const results = await Promise.allSettled(
      [5, 6].map((n, i) =>
        commands.run(
          scale(n),
          'web',
          consents[i] ?? { basis: '', acknowledged: [] },
          'ana',
        ),
      ),
    )
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(writes()).toHaveLength(1)
  })

  test('needs every warning ticked, and the name where the service would end', async () => {
    const { basis } = await commands.preview(scale(0), 'web')
    const refused = commands.run(scale(0), 'web', { basis, acknowledged: [] }, 'ana')
    await expect(refused).rejects.toMatchObject({
      refused: { status: 422, code: 'checks-open' },
    })
    expect(writes()).toEqual([])
  })

  test('refused by the engine ends at once, with its words', async () => {
    const consent = consentTo(await commands.preview(scale(5), 'web'))
    const { updateService } = engine.api
    engine.api.updateService = async () => {
      engine.break('invalid')
      try {
        await updateService('web', 0, { Name: 'web', TaskTemplate: {}, Mode: {} })
      } finally {
        engine.break(null)
      }
    }
    await expect(commands.run(scale(5), 'web', consent, 'ana')).rejects.toMatchObject({
      refused: { status: 502, code: 'engine-invalid' },
    })
    expect(Object.values(operations.all())).toMatchObject([{ state: 'failed' }])
    expect(await memory.operations.open()).toEqual([])
  })

  test('whose answer is lost stays open until the swarm has shown what it did', async () => {
    const consent = consentTo(await commands.preview(scale(5), 'web'))
    const { updateService } = engine.api
    engine.api.updateService = async (...told) => {
      await updateService(...told)
      const { DockerError } = await import('../docker/errors.ts')
      throw new DockerError(
        'timeout',
        'No answer within 8 s. It may still do what it was asked.',
      )
    }
    const operation = await commands.run(scale(5), 'web', consent, 'ana')
    expect(operation.state).toBe('requested')
    expect(await memory.operations.open()).toHaveLength(1)
  })
})

describe('while the memory is away', () => {
  test('a look still tells the consequence and the line for a terminal, and blocks', async () => {
    memory.history.versions = away
    const { checks, command, restarts } = await commands.preview(scale(5), 'web')
    expect(checks).toMatchObject([{ id: 'memory-away', level: 'block' }])
    expect(command).toBe('docker service scale web=5')
    expect(restarts).toBe(0)
  })

  test.each(['operations', 'journal'] as const)(
    'nothing is sent where the %s cannot be written',
    async (what) => {
      const consent = consentTo(await commands.preview(scale(5), 'web'))
      if (what === 'operations') memory.operations.save = away
      else memory.journal.append = away
      await expect(commands.run(scale(5), 'web', consent, 'ana')).rejects.toMatchObject({
        refused: {
          status: 503,
          code: 'memory-away',
          detail: expect.stringContaining('SQLITE_FULL'),
        },
      })
      expect(writes()).toEqual([])
      expect(operations.all()).toEqual({})
      // What was written of it in part is not taken up as if it had been sent.
      await vi.waitFor(async () => expect(await memory.operations.open()).toEqual([]))
    },
  )

  test('a version that cannot be opened is one that is not known', async () => {
    memory.history.versions = async () => [
      {
        version: 1,
        specIndex: 1,
        seenAt: '2026-11-01T14:00:00.000Z',
        image: 'demo/web:v1',
        actor: null,
        operation: null,
        changes: [],
        restorable: false,
      },
    ]
    memory.history.document = () =>
      Promise.reject(new VaultError('other-key', 'Sealed with another key.'))
    const { checks } = await commands.preview({ kind: 'restore', version: 1 }, 'web')
    expect(checks).toMatchObject([{ id: 'version-unknown', level: 'block' }])
  })
})

test('nothing of the environment leaves in a preview, also not as a hash', async () => {
  const preview = await commands.preview({ kind: 'restart' }, 'web')
  expect(JSON.stringify(preview)).not.toContain('s3cret')
  const again = createServiceCommands(parts)
  expect((await again.preview({ kind: 'restart' }, 'web')).basis).not.toBe(preview.basis)
})

test('a service that is not there is a 404', async () => {
  await expect(commands.preview({ kind: 'restart' }, 'nosuch')).rejects.toMatchObject({
    refused: { status: 404 },
  })
})

test('a console that was killed goes on with what it finds', async () => {
  const { id } = await run(scale(5))
  operations.stop()
  const next = createOperations(parts.mirror, memory, silent)
  await next.start()
  expect(next.all()[id]).toMatchObject({ state: 'accepted' })
  next.stop()
})
