import type { Operation } from '@skep/shared/contract/operation'
import type { Preview } from '@skep/shared/contract/preview'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { aConsumer, aRotation } from '../domain/rotation.fixture.ts'
import { anEngine, type TestEngine } from '../mirror/engine.fixture.ts'
import { silent } from '../silent.fixture.ts'
import { consentTo } from './consent.fixture.ts'
import { aConsole, type Console } from './console.fixture.ts'
import { changedSince } from './failure.ts'
import type { ActDeps } from './rotation-act.ts'
import { abandon, lookAtAct, pressAct } from './rotation-acts.ts'
import { createRotationBook } from './rotation-book.ts'
import { createSeal } from './seal.ts'
import { createServiceCommands } from './service-commands.ts'

const back = { act: 'rollback', service: 'web' } as const
const plan = aRotation({
  state: 'stopped',
  consumers: [aConsumer('web', { state: 'failed', applied: true })],
})

let engine: TestEngine
let memory: Console['memory']
let deps: ActDeps

const specOf = (secret: string) => ({
  Name: 'web',
  TaskTemplate: {
    ContainerSpec: {
      Image: 'demo/web:v1',
      Secrets: [
        {
          SecretID: secret,
          SecretName: secret,
          File: { Name: 'db', UID: '0', GID: '0', Mode: 0o400 },
        },
      ],
    },
  },
  Mode: { Replicated: { Replicas: 1 } },
})

beforeEach(async () => {
  engine = anEngine()
  engine.putNode('m1')
  for (const name of ['db_v1', 'db_v2']) engine.putStored('secret', name)
  engine.putService('web', 1, { Spec: specOf('db_v2'), PreviousSpec: specOf('db_v1') })
  const parts = await aConsole(engine)
  memory = parts.memory
  deps = {
    ...parts,
    commands: createServiceCommands(parts),
    book: createRotationBook(memory, silent),
    sent: { of: async () => () => null, identified: async (one) => one },
    sealed: createSeal(),
  }
})

const written = async () =>
  (await memory.journal.page({ limit: 100 })).entries.map(({ sentence, actor }) => [
    sentence,
    actor,
  ])

/** Presses what a look shows, and writes down how the rotation stands then. */
async function press() {
  const consent = consentTo(await look())
  const done = (await pressAct(plan, back, consent, 'ben', deps))(plan)
  deps.book.put(plan, done)
  await deps.book.keep(plan.id)
  return done
}

const look = async () => (await lookAtAct(plan, back, deps)).preview as Preview

describe('to roll a consumer back', () => {
  test('is judged on what the engine has, though the mirror is behind', async () => {
    expect(await look()).toMatchObject({
      sentence: expect.stringMatching(/^web gets db_v1 again\. /),
    })
    // The mirror is told nothing of it.
    engine.putService('web', 1, { PreviousSpec: specOf('db_v2'), Spec: specOf('db_v2') })
    const { sentence, checks } = await look()
    expect(checks).toContainEqual(
      expect.objectContaining({ id: 'target-is-another', level: 'block' }),
    )
    expect(sentence).not.toContain('db_v1')
    await expect(press()).rejects.toMatchObject({
      refused: { status: 422, code: 'checks-open' },
    })
  })

  test('makes no sense once the engine has it without the new one', async () => {
    engine.putService('web', 1, { Spec: specOf('db_v1'), PreviousSpec: specOf('db_v2') })
    await expect(look()).rejects.toMatchObject({
      refused: { status: 409, code: 'rotation-elsewhere' },
    })
  })

  test('is told of once it was taken, by who pressed and with what was known', async () => {
    const before = (await look()).checks.map(({ id }) => id)
    const { consumers } = await press()
    expect(consumers[0]?.rollback).not.toBeNull()
    expect(await written()).toContainEqual([
      `Rotation of secret db_v1 to db_v2: rolls web back, knowing of: ${before.join(', ')}`,
      'ben',
    ])
    expect(engine.calls.filter((call) => call === 'update')).toHaveLength(1)
  })

  test('tells of nothing where it is refused', async () => {
    const run = vi.spyOn(deps.commands, 'run')
    run.mockImplementationOnce(async () => {
      throw changedSince('web', await look())
    })
    await expect(press()).rejects.toMatchObject({
      refused: { status: 409, code: 'preview-outdated' },
    })
    expect(deps.book.unkept()).toEqual([])
    expect(await written()).toEqual([])
  })

  test('has its intent on record before the engine is asked', async () => {
    let known: Operation[] = []
    const { updateService } = engine.api
    engine.api.updateService = async (...call) => {
      known = await memory.operations.list({ limit: 10 })
      return updateService(...call)
    }
    await press()
    expect(known).toMatchObject([{ kind: 'rollback', actor: 'ben', state: 'requested' }])
  })
})

describe('to leave a rotation as it is', () => {
  test('ends it, and tells who did', async () => {
    const became = await abandon(plan, 'ben', deps)
    expect(became(plan)).toMatchObject({
      state: 'abandoned',
      log: [{ actor: 'ben', sentence: 'Left the rotation as it was.' }],
    })
    expect(await written()).toEqual([
      ['Rotation of secret db_v1 to db_v2: abandoned', 'ben'],
    ])
  })

  test('is refused by a console that only looks', async () => {
    await expect(abandon(plan, 'ben', { ...deps, readOnly: true })).rejects.toMatchObject({
      refused: { status: 403, code: 'read-only' },
    })
    expect(await written()).toEqual([])
  })
})
