import { beforeEach, describe, expect, test } from 'vitest'
import { DockerError, type DockerErrorKind } from '../docker/errors.ts'
import { away } from '../memory/memory.fixture.ts'
import { anEngine, specWithSecret, type TestEngine } from '../mirror/engine.fixture.ts'
import { aMirror, live } from '../mirror/mirror.fixture.ts'
import { contentOf } from './config-content.ts'
import { consentTo } from './consent.fixture.ts'
import { aConsole, type Console } from './console.fixture.ts'
import { createStoredDesk, type StoredDesk } from './stored.ts'

let engine: TestEngine
let parts: Console
let desk: StoredDesk

beforeEach(async () => {
  engine = anEngine()
  engine.putNode('m1')
  for (const n of [1, 2, 3]) engine.putStored('secret', `pw_v${n}`)
  engine.putService('web', 1, { Spec: specWithSecret('web', 'pw_v2', 'pw') })
  parts = await aConsole(engine)
  expect(parts.mirror.state().secrets.size).toBe(3)
  desk = createStoredDesk(parts)
})

const base64 = (text: string) => Buffer.from(text).toString('base64')
const made = (name: string, text: string) =>
  desk.create('secret', { name, data: base64(text), labels: {} }, 'ana')
const remove = async (asked: Parameters<StoredDesk['previewRemoval']>[1]) =>
  desk.remove('secret', asked, consentTo(await desk.previewRemoval('secret', asked)), 'ana')

describe('what is made', () => {
  test('is told of in the journal by its name, and by nothing else', async () => {
    expect(await made('token_v1', 'hunter2')).toEqual({ id: 'token_v1', name: 'token_v1' })
    const { entries } = await parts.memory.journal.page({ limit: 10 })
    expect(entries[0]).toMatchObject({
      actor: 'ana',
      subject: { kind: 'secret', name: 'token_v1' },
    })
    expect(JSON.stringify(entries)).not.toContain('hunter2')
  })

  test.each([
    { name: 'pw_v1', text: 'x', status: 409, code: 'name-taken' },
    { name: 'token', text: '', status: 422, code: 'payload-size' },
    { name: 'token', text: 'x'.repeat(512_000), status: 422, code: 'payload-size' },
  ])(
    'is refused as $code before the engine is asked',
    async ({ name, text, ...refused }) => {
      await expect(made(name, text)).rejects.toMatchObject({ refused })
      expect(engine.calls).not.toContain('create secret')
    },
  )

  test('is not made where it cannot be written down', async () => {
    parts.memory.journal.append = away
    await expect(made('token', 'x')).rejects.toMatchObject({ refused: { status: 503 } })
    expect(engine.calls).not.toContain('create secret')
  })

  test('is made by no console that only looks', async () => {
    desk = createStoredDesk({ ...parts, readOnly: true })
    await expect(made('token', 'x')).rejects.toMatchObject({
      refused: { status: 422, code: 'read-only' },
    })
  })
})

/** The engine does what it is asked, and its answer is lost. */
const answerLost = (call: 'createSecret' | 'removeSecret', kind: DockerErrorKind) => {
  const { createSecret, removeSecret } = engine.api
  const lost = () => Promise.reject(new DockerError(kind, 'the answer was lost'))
  if (call === 'createSecret')
    engine.api.createSecret = (...told) => createSecret(...told).then(lost)
  else engine.api.removeSecret = (id) => removeSecret(id).then(lost)
}
const doubts: DockerErrorKind[] = ['timeout', 'unreachable', 'no-quorum', 'protocol']

describe('an answer that is lost', () => {
  test.each(doubts)('of a creation, %s: what came of it is looked for', async (kind) => {
    answerLost('createSecret', kind)
    expect(await made('token_v1', 'x')).toEqual({ id: 'token_v1', name: 'token_v1' })
  })

  test.each([
    ['it is not there yet', (): void => undefined],
    ['nobody answers', () => engine.break('unreachable')],
  ])('of a creation: where %s, that is no refusal', async (_, then) => {
    engine.api.createSecret = () => {
      then()
      return Promise.reject(new DockerError('timeout', 'No answer within 8 s.'))
    }
    await expect(made('token_v1', 'x')).rejects.toMatchObject({
      refused: {
        status: 502,
        code: 'engine-timeout',
        title: 'Whether token_v1 was created cannot be told: No answer within 8 s.',
      },
    })
  })

  test('one of that name made by somebody else is not taken for ours', async () => {
    engine.putStored('secret', 'token_v1')
    answerLost('createSecret', 'timeout')
    await expect(made('token_v1', 'x')).rejects.toMatchObject({
      refused: { code: 'name-taken' },
    })
  })

  test.each(doubts)('of a removal, %s: what is gone is gone', async (kind) => {
    answerLost('removeSecret', kind)
    expect(await remove({ name: 'pw_v1' })).toEqual(['pw_v1'])
  })

  test('of a removal that may still come is said so', async () => {
    engine.api.removeSecret = () =>
      Promise.reject(new DockerError('timeout', 'context deadline exceeded'))
    await expect(remove({ name: 'pw_v1' })).rejects.toMatchObject({
      refused: {
        status: 502,
        title: 'Whether pw_v1 was removed cannot be told: context deadline exceeded',
      },
    })
  })
})

describe('what is removed', () => {
  test('may be gone already', async () => {
    engine.api.removeSecret = () =>
      Promise.reject(new DockerError('not-found', 'secret pw_v1 not found', 404))
    expect(await remove({ name: 'pw_v1' })).toEqual(['pw_v1'])
  })

  test.each<[string, DockerErrorKind, string, RegExp]>([
    [
      'is refused',
      'invalid',
      'pw_v4 is gone already. Then: The engine refused: no',
      /Nothing of pw_v3 was changed/,
    ],
    [
      'is in doubt',
      'timeout',
      'pw_v4 is gone already. Then: Whether pw_v3 was removed cannot be told: no',
      /To remove it again is safe/,
    ],
  ])('of a family is told of where another %s', async (_, kind, title, next) => {
    for (const n of [3, 4, 5]) engine.putStored('secret', `pw_v${n}`)
    engine.putService('web', 1)
    const mirror = aMirror(engine)
    await live(mirror)
    desk = createStoredDesk({ ...parts, mirror })
    const { removeSecret } = engine.api
    engine.api.removeSecret = (id) =>
      id === 'pw_v3' ? Promise.reject(new DockerError(kind, 'no')) : removeSecret(id)
    await expect(remove({ family: 'pw', keep: 1 })).rejects.toMatchObject({
      refused: { status: 502, title, next: expect.stringMatching(next) },
    })
  })

  test.each([
    ['a rollback target names it', 'PreviousSpec'],
    ['a spec names it', 'Spec'],
  ])('stays when %s since it was looked at, before the mirror knows', async (_, where) => {
    const asked = { name: 'pw_v1' }
    const consent = consentTo(await desk.previewRemoval('secret', asked))
    const Secrets = [{ SecretID: 'pw_v1', SecretName: 'pw_v1', File: { Name: 'pw' } }]
    const spec = { Name: 'api', TaskTemplate: { ContainerSpec: { Image: 'a', Secrets } } }
    engine.putService('api', 1, { [where]: { ...spec, Mode: { Replicated: {} } } })
    expect(parts.mirror.state().services.has('api')).toBe(false)
    await expect(desk.remove('secret', asked, consent, 'ana')).rejects.toMatchObject({
      refused: { status: 409, code: 'preview-outdated' },
    })
    expect(engine.calls).not.toContain('remove secret')
  })

  test('may be made again at once', async () => {
    await remove({ name: 'pw_v1' })
    expect(parts.mirror.state().secrets.has('pw_v1')).toBe(true)
    expect(await made('pw_v1', 'x')).toEqual({ id: 'pw_v1', name: 'pw_v1' })
  })

  test('goes with its name typed, and is told of', async () => {
    expect(await remove({ name: 'pw_v1' })).toEqual(['pw_v1'])
    expect(await engine.api.secrets()).toHaveLength(2)
    const asked = { name: 'pw_v3' }
    const { basis } = await desk.previewRemoval('secret', asked)
    await expect(
      desk.remove('secret', asked, { basis, acknowledged: [] }, 'ana'),
    ).rejects.toMatchObject({ refused: { status: 422, code: 'checks-open' } })
  })

  test('stays while a service needs it', async () => {
    await expect(remove({ name: 'pw_v2' })).rejects.toMatchObject({
      refused: {
        status: 422,
        checks: [{ id: 'in-use:pw_v2:web:current', level: 'block' }],
      },
    })
    expect(engine.calls).not.toContain('remove secret')
  })

  test('of a family, what is old and free', async () => {
    expect(await remove({ family: 'pw', keep: 1 })).toEqual(['pw_v1'])
    const left = (await engine.api.secrets()).map(({ ID }) => ID)
    expect(left.sort()).toEqual(['pw_v2', 'pw_v3'])
  })

  test('is a 404 where there is none', async () => {
    for (const asked of [{ name: 'nope' }, { family: 'nope', keep: 1 }]) {
      await expect(desk.previewRemoval('secret', asked)).rejects.toMatchObject({
        refused: { status: 404, code: 'no-such-secret' },
      })
    }
  })

  test('is asked again where the facts moved', async () => {
    const asked = { name: 'pw_v1' }
    const consent = consentTo(await desk.previewRemoval('secret', asked))
    await expect(
      desk.remove('secret', asked, { ...consent, basis: 'another' }, 'ana'),
    ).rejects.toMatchObject({
      refused: { status: 409, code: 'preview-outdated', preview: { kind: 'remove' } },
    })
  })
})

test.each([
  { data: 'a: 1\n', shown: { kind: 'text', text: 'a: 1\n', finalNewline: true } },
  { data: 'a: 1', shown: { kind: 'text', text: 'a: 1', finalNewline: false } },
  { data: 'a\0b', shown: { kind: 'binary', text: null } },
  { data: Buffer.from([0xff, 0xfe]), shown: { kind: 'binary', text: null } },
])('a config that holds %j', ({ data, shown }) => {
  expect(contentOf('app', Buffer.from(data), false)).toMatchObject(shown)
})

describe('what is kept back of a config', () => {
  beforeEach(async () => {
    const data = base64('user: app\npassword: hunter2\n')
    engine.putStored('config', 'app_v1')
    const [held] = await engine.api.configs()
    if (!held) throw new Error('no config')
    engine.api.config = async () => ({ ...held, Spec: { ...held.Spec, Data: data } })
    const mirror = aMirror(engine)
    await live(mirror)
    parts = { ...parts, mirror }
  })

  test('is shown to whoever asks, and that is written down', async () => {
    desk = createStoredDesk(parts)
    expect((await desk.content('app_v1', true, 'ana')).text).toContain('hunter2')
    const { entries } = await parts.memory.journal.page({ limit: 10 })
    expect(entries[0]).toMatchObject({
      actor: 'ana',
      sentence: 'Show what is kept back of the config app_v1',
    })
  })

  test('is compared with another one, which has to be there', async () => {
    desk = createStoredDesk(parts)
    expect(await desk.content('app_v1', false, 'ana', 'app_v1')).toMatchObject({
      same: true,
    })
    await expect(desk.content('app_v1', false, 'ana', 'nope')).rejects.toMatchObject({
      refused: { status: 404, code: 'no-such-config' },
    })
  })

  test('stays kept back on a console that only looks', async () => {
    desk = createStoredDesk({ ...parts, readOnly: true })
    await expect(desk.content('app_v1', true, 'ana')).rejects.toMatchObject({
      refused: { status: 403, code: 'read-only' },
    })
    const { text, masked } = await desk.content('app_v1', false, 'ana')
    expect(masked).toBe(1)
    expect(text).not.toContain('hunter2')
    expect((await parts.memory.journal.page({ limit: 10 })).entries).toEqual([])
  })
})

test('two that are shown alike are not said to be the same', () => {
  const [one, other] = ['aaa111', 'bbb222'].map((word) =>
    Buffer.from(`password: ${word}\n`),
  )
  if (!one || !other) throw new Error('there are two')
  const shown = contentOf('app', one, false, other)
  expect(shown.text).toBe(contentOf('app', other, false).text)
  expect(shown.same).toBe(false)
  expect(contentOf('app', one, false, Buffer.from(one)).same).toBe(true)
  expect(contentOf('app', one, false).same).toBeNull()
})

test('text keeps its byte order mark and its line ends', () => {
  const data = Buffer.from('\ufeff{"a":1}\r\n')
  const { text } = contentOf('app', data, false)
  expect(Buffer.from(text ?? '')).toEqual(data)
})

test('what looks like a credential is kept back until it is asked for', () => {
  const data = Buffer.from('user: app\npassword: hunter2\n')
  const kept = contentOf('app', data, false)
  expect(kept.masked).toBe(1)
  expect(kept.text).not.toContain('hunter2')
  expect(contentOf('app', data, true)).toMatchObject({ masked: 0, text: data.toString() })
})
