import type { Consent } from '@skep/shared/contract/preview'
import type { AskedAct, RotateArguments, Rotation } from '@skep/shared/contract/rotation'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { EngineServiceSpec } from '../docker/engine.ts'
import { DockerError } from '../docker/errors.ts'
import { fakeIntervals } from '../intervals.fixture.ts'
import { MemoryError } from '../memory/errors.ts'
import { anEngine, type TestEngine } from '../mirror/engine.fixture.ts'
import { aMirror, live } from '../mirror/mirror.fixture.ts'
import { silent } from '../silent.fixture.ts'
import { consentTo } from './consent.fixture.ts'
import { aConsole, type Console } from './console.fixture.ts'
import { createOperations } from './operations.ts'
import { createRotationDesk, type RotationDesk } from './rotations.ts'
import { createServiceCommands } from './service-commands.ts'

const value = 'canary-value-4711'
const plain: RotateArguments = { together: false, windowHours: 24 }

let engine: TestEngine
let parts: Console
let memory: Console['memory']
let desk: RotationDesk

const specOf = (name: string, ids: readonly string[]): EngineServiceSpec => ({
  Name: name,
  TaskTemplate: {
    ContainerSpec: {
      Image: 'demo/web:v1',
      Secrets: ids.map((id) => ({
        SecretID: id,
        SecretName: id,
        File: { Name: 'db', UID: '7', GID: '7', Mode: 0o400 },
      })),
    },
  },
  Mode: { Replicated: { Replicas: 1 } },
  // A monitor window that is over as soon as it begins.
  UpdateConfig: { Parallelism: 1, Monitor: 1 },
})

/** Its one task runs on whatever the service is asked for, since long ago. */
function put(name: string, id: string, fields = {}) {
  engine.putService(name, 1, { Spec: specOf(name, [id]), ...fields })
  const at = new Date().toISOString()
  const ContainerStatus = { ContainerID: `c-${name}` }
  const Status = { Timestamp: at, State: 'running', Message: 'started', ContainerStatus }
  engine.putTask(`t-${name}`, name, 'running', { Status })
}

const desks = () =>
  createRotationDesk({ ...parts, commands: createServiceCommands(parts), log: silent })

beforeEach(async () => {
  fakeIntervals()
  engine = anEngine()
  engine.putNode('m1')
  engine.putStored('secret', 'db_v1', { team: 'blue' })
  for (const name of ['api', 'web']) put(name, 'db_v1')
  parts = await aConsole(engine)
  memory = parts.memory
  desk = desks()
  await desk.start()
})

afterEach(() => desk.stop())

/** Looks at an act, ticks and types what there is, and presses. */
const press = async (id: string, asked: AskedAct, actor = 'ana') =>
  desk.act(id, asked, consentTo(await desk.previewAct(id, asked)), actor)

const retire = { act: 'retire' } as const
const resume = { act: 'resume' } as const
const back = (service: string) => ({ act: 'rollback', service }) as const

const beginWith = (consent: Consent, bytes = Buffer.from(value), told = plain) =>
  desk.begin('secret', 'db_v1', told, bytes, consent, 'ana')

const begin = async (told = plain, bytes = Buffer.from(value)) =>
  beginWith(consentTo(await desk.preview('secret', 'db_v1', told)), bytes, told)

const secretsOf = async (name: string) => {
  const [service] = await engine.api.services([name])
  return service?.Spec.TaskTemplate.ContainerSpec?.Secrets?.map(({ SecretID }) => SecretID)
}

const states = ({ consumers }: Rotation) => consumers.map(({ state }) => state)

const sentences = async () =>
  (await memory.journal.page({ limit: 100 })).entries.map(({ sentence }) => sentence)

/** Waits for what a look a second comes to see, of which each takes no time. */
const seen = (assertion: () => unknown) =>
  vi.waitFor(
    () => {
      vi.advanceTimersByTime(1_000)
      return assertion()
    },
    { timeout: 8_000, interval: 10 },
  )

/** One of two services has the new one, and the console that gave it ends: what it wrote. */
async function stoppedInTheMidst() {
  const { id } = await begin()
  await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
  desk.stop()
  await seen(async () =>
    expect((await memory.rotations.get(id))?.consumers[0]?.operation).not.toBeNull(),
  )
  const kept = await memory.rotations.get(id)
  if (!kept) throw new Error('not kept')
  return { id, kept }
}

const aMinuteAgo = () => new Date(Date.now() - 60_000).toISOString()

/** The engine tells of what was written, and created before it, as its push feed would. */
const pushed = (name: string) => {
  engine.tell.event({ Type: 'secret', Action: 'create', Actor: { ID: 'db_v2' } } as never)
  engine.tell.event({ Type: 'service', Action: 'update', Actor: { ID: name } } as never)
}

describe('a preview', () => {
  test('proposes a name, and tells the checks of each service under its name', async () => {
    const preview = await desk.preview('secret', 'db_v1', plain)
    expect(preview).toMatchObject({
      next: 'db_v2',
      button: 'Create db_v2, update 2 services (restarts 2)',
      consumers: [
        { service: 'api', restarts: 1, targets: ['/run/secrets/db'] },
        { service: 'web', restarts: 1, targets: ['/run/secrets/db'] },
      ],
    })
    expect(preview.checks).toContainEqual(
      expect.objectContaining({ id: 'web:no-health-check', level: 'warn' }),
    )
    expect(preview.checks.every(({ level }) => level !== 'block')).toBe(true)
    expect(preview.command.split('\n')).toEqual([
      'docker secret create --label team=blue db_v2 -',
      'docker service update --secret-rm db_v1 --secret-add source=db_v2,target=db,uid=7,gid=7,mode=0400 api',
      'docker service update --secret-rm db_v1 --secret-add source=db_v2,target=db,uid=7,gid=7,mode=0400 web',
      '# when nothing needs it any more: docker secret rm db_v1',
    ])
  })

  test('blocks a name that is taken, and knows where there is nothing to update', async () => {
    engine.putStored('secret', 'lone_v1')
    engine.putStored('secret', 'lone_v2')
    desk.stop()
    const mirror = aMirror(engine)
    await live(mirror)
    parts = { ...parts, mirror }
    desk = desks()
    const { checks, button } = await desk.preview('secret', 'lone_v1', {
      ...plain,
      next: 'lone_v2',
    })
    expect(checks.map(({ id }) => id)).toEqual(['name-taken', 'no-consumers'])
    expect(button).toBe('Create lone_v2')
  })

  test('of one that is not there is a 404', async () => {
    await expect(desk.preview('config', 'db_v1', plain)).rejects.toMatchObject({
      refused: { status: 404, code: 'no-such-config' },
    })
  })
})

describe('to begin', () => {
  test('creates the next version with the labels of the old one, and zeroes the value', async () => {
    const bytes = Buffer.from(value)
    const sent: unknown[] = []
    const { createSecret } = engine.api
    engine.api.createSecret = (name, data, labels) => {
      sent.push(name, Buffer.from(data).toString(), labels)
      return createSecret(name, data, labels)
    }
    const rotation = await begin(plain, bytes)
    expect(sent).toEqual(['db_v2', value, { team: 'blue', 'skep.rotation': rotation.id }])
    expect(bytes.every((byte) => byte === 0)).toBe(true)
    expect(rotation).toMatchObject({ family: 'db', to: { id: 'db_v2' }, step: 'update' })
  })

  test('writes the value down nowhere, also not where the engine refuses it', async () => {
    engine.api.createSecret = () =>
      Promise.reject(new DockerError('invalid', 'secret data must be larger', 400))
    const refused = await begin().catch((error: unknown) => error)
    expect(refused).toMatchObject({ refused: { status: 502, code: 'engine-invalid' } })
    expect(JSON.stringify(refused)).not.toContain(value)
    const kept = JSON.stringify([
      await memory.rotations.list(10),
      await memory.journal.page({ limit: 100 }),
    ])
    expect(kept).toContain('abandoned')
    expect(kept).not.toContain(value)
    expect(kept).not.toContain(Buffer.from(value).toString('base64'))
    expect(await secretsOf('web')).toEqual(['db_v1'])
  })

  test('what was not consented to is refused, and zeroed too', async () => {
    const bytes = Buffer.from(value)
    const consent = { basis: 'another', acknowledged: [] }
    await expect(beginWith(consent, bytes)).rejects.toMatchObject({
      refused: { status: 409, code: 'preview-outdated', preview: { kind: 'rotate' } },
    })
    expect(bytes.every((byte) => byte === 0)).toBe(true)
    const { basis } = await desk.preview('secret', 'db_v1', plain)
    await expect(beginWith({ basis, acknowledged: [] }, bytes)).rejects.toMatchObject({
      refused: { status: 422, code: 'checks-open' },
    })
    expect(engine.calls).not.toContain('create secret')
    expect(await memory.rotations.list(10)).toEqual([])
  })

  test.each([0, 512_000])(
    'a value of %i bytes is refused before the engine',
    async (size) => {
      await expect(begin(plain, Buffer.alloc(size))).rejects.toMatchObject({
        refused: { status: 422, checks: [{ id: 'payload-size' }] },
      })
      expect(engine.calls).not.toContain('create secret')
    },
  )

  test('where the data of a service may be lost, the name is typed once for all', async () => {
    const spec = specOf('api', ['db_v1'])
    const { ContainerSpec } = spec.TaskTemplate
    // A volume without a name: the next task has another.
    const Mounts = [{ Type: 'volume', Target: '/data' }]
    const TaskTemplate = { ContainerSpec: { ...ContainerSpec, Mounts } }
    engine.putService('api', 1, { Spec: { ...spec, TaskTemplate } })
    const preview = await desk.preview('secret', 'db_v1', plain)
    expect(preview.typed).toBe('db_v1')
    expect(preview.checks).toContainEqual(
      expect.objectContaining({ id: 'api:data-lost', level: 'warn' }),
    )
    const { typed: _typed, ...ticked } = consentTo(preview)
    await expect(beginWith(ticked)).rejects.toMatchObject({
      refused: { status: 422, checks: [{ id: 'typed-name-missing' }] },
    })
    expect(engine.calls).not.toContain('create secret')
    const { id } = await beginWith({ ...ticked, typed: 'db_v1' })
    // Also the update by itself would ask for a name, its own.
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    expect((await desk.get(id)).state).toBe('running')
  }, 20_000)

  test('of two at once one is refused', async () => {
    const consent = consentTo(await desk.preview('secret', 'db_v1', plain))
    const both = await Promise.allSettled([1, 2].map(() => beginWith(consent)))
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(engine.calls.filter((call) => call === 'create secret')).toHaveLength(1)
  })

  test('what cannot be written down is not sent', async () => {
    const consent = consentTo(await desk.preview('secret', 'db_v1', plain))
    vi.spyOn(memory.journal, 'append').mockRejectedValue(new MemoryError('Away.'))
    await expect(beginWith(consent)).rejects.toMatchObject({ refused: { status: 503 } })
    expect(engine.calls).not.toContain('create secret')
    vi.mocked(memory.journal.append).mockRestore()
    await seen(async () => expect(await memory.rotations.open()).toEqual([]))
  })
})

describe('then', () => {
  test('updates one after another, verifies, and keeps the old one for the rollback', async () => {
    const { id } = await begin({ ...plain, windowHours: 0 })
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    expect(await secretsOf('web')).toEqual(['db_v1'])
    pushed('api')
    await seen(async () => expect(await secretsOf('web')).toEqual(['db_v2']))
    pushed('web')
    await seen(async () => expect((await desk.get(id)).state).toBe('verified'))
    const verified = await desk.get(id)
    expect(verified).toMatchObject({
      step: 'retire',
      consumers: [{ state: 'converged' }, { state: 'converged' }],
      retire: [{ id: 'held-by-rollback-target', level: 'block' }],
    })
    await expect(press(id, retire)).rejects.toMatchObject({
      refused: { status: 422, code: 'checks-open' },
    })
    // Any later update of each frees the old one.
    for (const name of ['api', 'web']) {
      put(name, 'db_v2', { PreviousSpec: specOf(name, ['db_v2']) })
      pushed(name)
    }
    await seen(async () => expect((await desk.get(id)).retire).toEqual([]))
    expect(await press(id, retire)).toMatchObject({ state: 'retired' })
    expect(engine.calls).toContain('remove secret')
    expect(await memory.rotations.open()).toEqual([])
    const told = (await sentences()).join('\n')
    expect(told).toContain('Rotation of secret db_v1 to db_v2: db_v2 is created')
    expect(told).toContain('Rotation of secret db_v1 to db_v2: web converged.')
    expect(told).toContain('Rotation of secret db_v1 to db_v2 is verified')
    expect(told).toContain('Rotation of secret db_v1 to db_v2 is retired')
    expect(await desk.evidence(id)).toContain('| web | /run/secrets/db | converged |')
  }, 20_000)

  test('the open window is a warning of the removal', async () => {
    const { id } = await begin({ ...plain, together: true })
    await seen(async () => expect(await secretsOf('web')).toEqual(['db_v2']))
    for (const name of ['api', 'web']) {
      put(name, 'db_v2', { PreviousSpec: specOf(name, ['db_v2']) })
      pushed(name)
    }
    await seen(async () =>
      expect((await desk.get(id)).retire).toMatchObject([{ id: 'rollback-window-open' }]),
    )
    const preview = await desk.previewAct(id, retire)
    expect(preview).toMatchObject({
      names: ['db_v1'],
      keeps: ['db_v2'],
      typed: 'db_v1',
      sentence:
        'db_v1 is gone for good. No task restarts. The rotation to db_v2 is done then.',
    })
    const { basis } = preview
    const acknowledged = ['rollback-window-open:db_v1']
    for (const consent of [
      { basis, acknowledged: [], typed: 'db_v1' },
      { basis, acknowledged },
    ]) {
      await expect(desk.act(id, retire, consent, 'ana')).rejects.toMatchObject({
        refused: { status: 422, code: 'checks-open' },
      })
    }
    expect(engine.calls).not.toContain('remove secret')
    const consent = { basis, acknowledged, typed: 'db_v1' }
    expect(await desk.act(id, retire, consent, 'ana')).toMatchObject({ state: 'retired' })
    expect((await sentences()).join('\n')).toContain(
      'removes db_v1, knowing of: rollback-window-open:db_v1',
    )
  }, 20_000)

  /** One whose first service paused its update to the new one. */
  async function stopped() {
    const { id } = await begin()
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    await pauses('api')
    await seen(async () => expect((await desk.get(id)).state).toBe('stopped'))
    return id
  }

  /** As the swarm tells of an update with the failure action pause, after a failure. */
  async function pauses(name: string) {
    const [service] = await engine.api.services([name])
    const Message = 'update paused due to failure or early termination of task t1'
    const UpdateStatus = { State: 'paused', Message }
    version += 1
    engine.putService(name, 1, { ...service, UpdateStatus, Version: { Index: version } })
    pushed(name)
  }
  let version = 500

  test('stops where an update is paused, says whom and why, and rolls that one back', async () => {
    const id = await stopped()
    const rotation = await desk.get(id)
    expect(states(rotation)).toEqual(['failed', 'waiting'])
    expect(rotation.sentence).toContain('Stopped: api did not take db_v2. api: ')
    expect(rotation.sentence).toContain('update paused due to failure')
    expect(rotation.consumers.map((one) => one.rollbackChecks)).toEqual([[], null])

    const preview = await desk.previewAct(id, back('api'))
    expect(preview).toMatchObject({
      kind: 'rollback',
      service: 'api',
      title: 'Roll back api',
      sentence: expect.stringMatching(/^api gets db_v1 again\. api goes back to /),
      changes: [
        {
          before: expect.stringContaining('db_v2'),
          after: expect.stringContaining('db_v1'),
        },
      ],
    })
    expect(preview.checks).toContainEqual(
      expect.objectContaining({ id: 'rotation-stays-stopped', level: 'info' }),
    )
    await press(id, back('api'), 'ben')
    expect(await secretsOf('api')).toEqual(['db_v1'])
    const [api] = await engine.api.services(['api'])
    const { Secrets } = api?.PreviousSpec?.TaskTemplate.ContainerSpec ?? {}
    expect(Secrets?.map(({ SecretID }) => SecretID)).toEqual(['db_v2'])
    pushed('api')
    await seen(async () =>
      expect(states(await desk.get(id))).toEqual(['rolled-back', 'waiting']),
    )
    expect(await secretsOf('web')).toEqual(['db_v1'])
    await expect(desk.previewAct(id, back('api'))).rejects.toMatchObject({
      refused: { status: 409, code: 'rotation-elsewhere' },
    })
    await desk.abandon(id, 'ben')
    expect(await desk.get(id)).toMatchObject({ state: 'abandoned' })
    const told = (await sentences()).join('\n')
    expect(told).toContain('Rotation of secret db_v1 to db_v2: rolls api back')
    expect(told).toContain('api is back on the old one')
  }, 20_000)

  test('rolls nothing back that was not looked at as it is', async () => {
    const id = await stopped()
    const consent = consentTo(await desk.previewAct(id, back('api')))
    await expect(
      desk.act(id, back('api'), { ...consent, basis: 'another' }, 'ben'),
    ).rejects.toMatchObject({
      refused: { status: 409, code: 'preview-outdated', preview: { kind: 'rollback' } },
    })
    const [api] = await engine.api.services(['api'])
    if (!api) throw new Error('no api')
    // Whose secret stays, before the mirror knows of it.
    const Labels = { changed: 'meanwhile' }
    engine.putService('api', 1, {
      ...api,
      Spec: { ...api.Spec, Labels },
      Version: { Index: 900 },
    })
    await expect(desk.act(id, back('api'), consent, 'ben')).rejects.toMatchObject({
      refused: { status: 409, code: 'preview-outdated' },
    })
    expect(await secretsOf('api')).toEqual(['db_v2'])
    // Nor another service, nor one whose rollback would lead elsewhere.
    await expect(desk.previewAct(id, back('web'))).rejects.toMatchObject({
      refused: { status: 409, code: 'rotation-elsewhere' },
    })
    const PreviousSpec = specOf('api', ['db_v2'])
    engine.putService('api', 1, { ...api, PreviousSpec, Version: { Index: 901 } })
    pushed('api')
    await seen(async () =>
      expect((await desk.get(id)).consumers[0]?.rollbackChecks).toMatchObject([
        { id: 'target-is-another', level: 'block' },
      ]),
    )
    await expect(press(id, back('api'))).rejects.toMatchObject({
      refused: {
        status: 422,
        title:
          'Roll back api: api was changed since: rolled back, it would not refer to db_v1.',
      },
    })
    expect(await secretsOf('api')).toEqual(['db_v2'])
  }, 20_000)

  test('goes on with what is paused once that was looked at, and not unseen', async () => {
    const id = await stopped()
    const preview = await desk.previewAct(id, resume)
    expect(preview).toMatchObject({
      kind: 'resume',
      title: 'Go on with the rotation of db_v1',
      sentence:
        'The paused update of api to db_v2 goes on. db_v2 is given to web in place of db_v1. One after another: the first that fails stops the rest.',
      consumers: [{ service: 'api' }, { service: 'web' }],
    })
    const levels = preview.checks.map((check) => `${check.level} ${check.id}`)
    expect(levels).toContain('warn api:resumes-bad-update')
    expect(levels).toContain('warn api:overwrites-rollback-target')
    // It was ticked when this began.
    expect(levels).toContain('info web:no-health-check')
    const { basis } = preview
    await expect(
      desk.act(id, resume, { basis, acknowledged: [] }, 'ana'),
    ).rejects.toMatchObject({ refused: { status: 422, code: 'checks-open' } })
    await expect(
      desk.act(id, resume, { basis: 'another', acknowledged: [] }, 'ana'),
    ).rejects.toMatchObject({
      refused: { status: 409, code: 'preview-outdated', preview: { kind: 'resume' } },
    })
    await press(id, resume)
    const updates = () => engine.calls.filter((call) => call === 'update').length
    await seen(() => expect(updates()).toBe(2))
    expect(await secretsOf('api')).toEqual(['db_v2'])
    expect(await desk.evidence(id)).toContain('resumes-bad-update')
  }, 20_000)

  test('a warning that nobody saw stops it, and is known when it is resumed', async () => {
    const { id } = await begin()
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    const UpdateStatus = { State: 'paused', Message: '' }
    put('web', 'db_v1', { UpdateStatus })
    for (const name of ['web', 'api']) pushed(name)
    await seen(async () => expect((await desk.get(id)).state).toBe('stopped'))
    const { consumers } = await desk.get(id)
    expect(consumers[1]).toMatchObject({ state: 'failed' })
    expect(consumers[1]?.sentence).toContain('what was not so when this was pressed: ')
    expect(await secretsOf('web')).toEqual(['db_v1'])
    expect((await desk.previewAct(id, resume)).checks).toContainEqual(
      expect.objectContaining({ id: 'web:resumes-paused-update', level: 'warn' }),
    )
    await press(id, resume)
    await seen(async () => expect(await secretsOf('web')).toEqual(['db_v2']))
  }, 20_000)
})

describe('two consoles on one memory', () => {
  /** Another on the same memory, swarm and time. */
  async function another(readOnly = false): Promise<RotationDesk> {
    const operations = createOperations(parts.mirror, memory, silent)
    onTestFinished(operations.stop)
    await operations.start()
    const own = { ...parts, operations, readOnly }
    const other = createRotationDesk({
      ...own,
      commands: createServiceCommands(own),
      log: silent,
    })
    onTestFinished(other.stop)
    await other.start()
    return other
  }

  const updates = () => engine.calls.filter((call) => call === 'update').length
  const told = async (words: string) =>
    (await sentences()).filter((sentence) => sentence.includes(words))

  test('take each step once, and tell of it once', async () => {
    const { id } = await begin()
    const other = await another()
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    pushed('api')
    await seen(async () => expect(await secretsOf('web')).toEqual(['db_v2']))
    pushed('web')
    for (const one of [desk, other]) {
      await seen(async () => expect((await one.get(id)).state).toBe('verified'))
    }
    expect(updates()).toBe(2)
    for (const words of ['2: api converged', '2: web converged', 'is verified']) {
      expect(await told(words)).toHaveLength(1)
    }
  }, 20_000)

  test('what one leaves, the other leaves', async () => {
    const { id } = await begin()
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    const other = await another()
    expect(await desk.abandon(id, 'ben')).toMatchObject({ state: 'abandoned' })
    pushed('api')
    await seen(() => expect(other.open()).toEqual([]))
    expect(await secretsOf('web')).toEqual(['db_v1'])
    expect((await memory.rotations.get(id))?.state).toBe('abandoned')
    expect(await other.get(id)).toMatchObject({ state: 'abandoned' })
    expect(await told('is abandoned')).toHaveLength(1)
  }, 20_000)

  test('what the other wrote after it was read is not written over', async () => {
    const { id } = await begin()
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    desk.stop()
    const held = await desk.get(id)
    // Read by a look, and ended by another console before that look writes.
    const { save } = memory.rotations
    vi.spyOn(memory.rotations, 'save').mockImplementationOnce(async (mine) => {
      const kept = await memory.rotations.get(id)
      if (!kept) throw new Error('not kept')
      await save({
        ...kept,
        state: 'abandoned',
        endedAt: kept.startedAt,
        sentence: 'Left.',
      })
      return save(mine)
    })
    pushed('api')
    await desk.start()
    await seen(() => expect(desk.open()).toEqual([]))
    expect(held.state).toBe('running')
    expect(await desk.get(id)).toMatchObject({ state: 'abandoned', sentence: 'Left.' })
    expect(await secretsOf('web')).toEqual(['db_v1'])
  }, 20_000)

  test('one begun elsewhere is shown, and followed though that console is gone', async () => {
    const other = await another()
    const { id } = await begin()
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    await seen(async () =>
      expect((await memory.operations.list({ limit: 1 }))[0]?.state).toBe('accepted'),
    )
    // Nobody there judges any more what became of its update.
    desk.stop()
    parts.operations.stop()
    await seen(() => expect(other.open().map((one) => one.id)).toEqual([id]))
    pushed('api')
    await seen(async () => expect(await secretsOf('web')).toEqual(['db_v2']))
  }, 20_000)

  test('one that only looks writes nothing and stops nothing', async () => {
    const { id, kept } = await stoppedInTheMidst()
    const looking = await another(true)
    pushed('api')
    await seen(async () =>
      expect(states(await looking.get(id))).toEqual(['converged', 'waiting']),
    )
    for (let tick = 0; tick < 5; tick += 1) {
      vi.advanceTimersByTime(1_000)
      await looking.list()
    }
    expect(await looking.get(id)).toMatchObject({
      state: 'running',
      sentence:
        '1 of 2 services with db_v2; web: Is next. This console only looks: one that may write goes on with it.',
    })
    expect(await memory.rotations.get(id)).toEqual(kept)
    expect(await secretsOf('web')).toEqual(['db_v1'])
    looking.stop()
    await another()
    await seen(async () => expect(await secretsOf('web')).toEqual(['db_v2']))
  }, 20_000)
})

test('a service that came late is given the same new one', async () => {
  const { id } = await begin({ ...plain, together: true })
  await seen(async () => expect(await secretsOf('web')).toEqual(['db_v2']))
  put('late', 'db_v1')
  for (const name of ['api', 'web', 'late']) pushed(name)
  await seen(async () => expect((await desk.get(id)).state).toBe('verified'))
  await seen(async () =>
    expect((await desk.get(id)).retire).toContainEqual(
      expect.objectContaining({
        id: 'still-referred-to',
        sentence:
          'The spec of late refers to db_v1: go on with this rotation to give it db_v2 there, or take it out.',
      }),
    ),
  )
  expect(await desk.previewAct(id, resume)).toMatchObject({
    sentence: 'db_v2 is given to late in place of db_v1.',
    consumers: [{ service: 'late', targets: ['/run/secrets/db'] }],
  })
  expect(await press(id, resume, 'ben')).toMatchObject({ state: 'running' })
  await seen(async () => expect(await secretsOf('late')).toEqual(['db_v2']))
  pushed('late')
  await seen(async () => expect((await desk.get(id)).state).toBe('verified'))
  const evidence = await desk.evidence(id)
  expect(evidence).toMatch(/Z ben: Went on with it, for late/)
  expect(evidence.match(/Z: Verified: /g)).toHaveLength(2)
  await expect(desk.previewAct(id, resume)).rejects.toMatchObject({
    refused: { status: 409, code: 'rotation-elsewhere' },
  })
}, 20_000)

describe('a console that was killed', () => {
  /** Another console on the same memory and swarm. */
  async function restart() {
    desk.stop()
    parts.operations.stop()
    const operations = createOperations(parts.mirror, memory, silent)
    onTestFinished(operations.stop)
    await operations.start()
    parts = { ...parts, operations }
    desk = desks()
    await desk.start()
  }

  const killed = async (change: (id: string) => Promise<void>) => {
    engine.api.createSecret = () => new Promise(() => {})
    const consent = consentTo(await desk.preview('secret', 'db_v1', plain))
    void beginWith(consent)
    await seen(async () => expect(await memory.rotations.open()).toHaveLength(1))
    const [{ id } = { id: '' }] = await memory.rotations.open()
    // Its turn never ends: what the new console does is its own.
    await change(id)
    const kept = await memory.rotations.get(id)
    if (!kept) throw new Error('not kept')
    // Another console that is alive would have handed the value over by now.
    await memory.rotations.save({ ...kept, startedAt: aMinuteAgo() })
    await restart()
    return id
  }

  test('after the value arrived adopts what it created, by its label', async () => {
    const id = await killed(async (id) => {
      engine.putStored('secret', 'db_v2', { 'skep.rotation': id })
    })
    await seen(async () => expect(await secretsOf('api')).toEqual(['db_v2']))
    expect(await desk.get(id)).toMatchObject({ to: { id: 'db_v2' }, state: 'running' })
  }, 20_000)

  test('before the value arrived says that it must be given again', async () => {
    // One of the same name that somebody else created is not taken for it.
    const id = await killed(async () => engine.putStored('secret', 'db_v2') as never)
    await seen(async () => expect((await desk.get(id)).state).toBe('stopped'))
    expect(await desk.get(id)).toMatchObject({
      to: { id: null },
      sentence: expect.stringContaining('give it again'),
    })
    await expect(desk.previewAct(id, resume)).rejects.toMatchObject({
      refused: { status: 409 },
    })
    expect(await secretsOf('api')).toEqual(['db_v1'])
    // Begun anew, it takes the place of the one that came to nothing.
    engine.api.createSecret = anEngine().api.createSecret
    await begin({ ...plain, next: 'db_v3' })
    expect(await desk.get(id)).toMatchObject({ state: 'abandoned' })
  }, 20_000)

  test('between the intent and the call sends it, and between call and note finds it', async () => {
    const { id, kept } = await stoppedInTheMidst()
    // As it was written down before the call: no operation is noted.
    const [first] = kept.consumers
    const consumers = kept.consumers.map((one) =>
      one === first
        ? { ...one, operation: null }
        : { ...one, state: 'updating' as const, sentAt: aMinuteAgo() },
    )
    await memory.rotations.save({ ...kept, together: true, consumers })
    await restart()
    await seen(async () => expect(await secretsOf('web')).toEqual(['db_v2']))
    expect((await desk.get(id)).consumers[0]?.operation).toBe(first?.operation)
    expect(engine.calls.filter((call) => call === 'update')).toHaveLength(2)
  }, 20_000)
})
