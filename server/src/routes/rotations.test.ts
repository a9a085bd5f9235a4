import type { Rotation } from '@skep/shared/contract/rotation'
import { payloadLimit, type StoredPreview } from '@skep/shared/contract/stored'
import { api } from '@skep/shared/paths'
import { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { pino } from 'pino'
import { beforeEach, expect, test, vi } from 'vitest'
import type { RotationDesk } from '../commands/rotations.ts'
import { aConsumer, aRotation } from '../domain/rotation.fixture.ts'
import { documentApi } from './documentation.ts'
import { rotationRoutes } from './rotations.ts'
import { aServer } from './routes.fixture.ts'

const value = 'canary-value-4711'
const data = Buffer.from(value).toString('base64')
const consent = { basis: 'b', acknowledged: ['web:no-health-check'] }
const record = aRotation({ consumers: [aConsumer('web')] })
// More than the contract, as the desk never answers it: none of it may leave.
const consumers = record.consumers.map((one) => ({ ...one, rollbackChecks: null }))
const rotation = { ...record, consumers, retire: [] } as unknown as Rotation

const aRemoval: StoredPreview = {
  kind: 'remove',
  names: ['db_v1'],
  keeps: ['db_v2'],
  asOf: '2027-01-15T08:00:00.000Z',
  basis: 'b',
  title: 'Remove secret db_v1',
  sentence: 'db_v1 is gone for good.',
  button: 'Remove secret db_v1',
  checks: [],
  command: 'docker secret rm db_v1',
  typed: 'db_v1',
}

let app: FastifyInstance
let logged: string
let got: string | null
const desk = {
  preview: vi.fn(),
  begin: vi.fn(),
  open: vi.fn(),
  onChange: vi.fn(),
  list: vi.fn(),
  get: vi.fn(),
  evidence: vi.fn(),
  previewAct: vi.fn(),
  act: vi.fn(),
  abandon: vi.fn(),
  start: vi.fn(),
  stop: vi.fn(),
} satisfies RotationDesk

beforeEach(async () => {
  vi.resetAllMocks()
  logged = ''
  got = null
  desk.begin.mockImplementation(async (_kind, _name, _told, bytes) => {
    got = Buffer.from(bytes).toString()
    return rotation
  })
  desk.list.mockResolvedValue([rotation])
  desk.get.mockResolvedValue(rotation)
  desk.act.mockResolvedValue(rotation)
  desk.abandon.mockResolvedValue(rotation)
  desk.evidence.mockResolvedValue('# Rotation')
  const write = (line: string) => {
    logged += line
  }
  app = aServer({
    loggerInstance: pino({ level: 'trace' }, { write }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
  })
  await documentApi(app, '0.1.0')
  await app.register(rotationRoutes, { rotations: desk })
})

const post = (url: string, payload: object | string) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    payload,
  })
const rotate = api.storedRotate('secret', 'db_v1')

test('the value goes to the desk alone, and the answer is the contract and no more', async () => {
  const answer = await post(rotate, { ...consent, windowHours: 2, together: true, data })
  expect(answer.statusCode).toBe(202)
  expect(got).toBe(value)
  const [kind, name, told, , consented, actor] = desk.begin.mock.calls[0] ?? []
  expect({ kind, name, told, consented, actor }).toEqual({
    kind: 'secret',
    name: 'db_v1',
    told: { windowHours: 2, together: true },
    consented: consent,
    actor: 'local',
  })
  expect(answer.json().consumers[0]).toEqual({
    service: 'web',
    serviceId: 'web',
    state: 'waiting',
    operation: null,
    sentence: '',
    targets: ['/run/secrets/db'],
    rollbackChecks: null,
  })
})

test('the largest config passes, and one that is larger does not', async () => {
  const url = api.storedRotate('config', 'nginx_v1')
  const send = (bytes: number) =>
    post(url, { ...consent, data: Buffer.alloc(bytes, 'x').toString('base64') })
  expect((await send(payloadLimit.config - 1)).statusCode).toBe(202)
  expect((await send(payloadLimit.config + 3)).statusCode).toBe(400)
  expect((await send(payloadLimit.config * 2)).statusCode).toBe(413)
})

test('no refusal and no line of the log echoes the body', async () => {
  const bodies = [
    { ...consent, data: `${data}!` },
    { ...consent, basis: '', data },
    { ...consent, next: value, windowHours: value, together: value, data },
    { ...consent, data: [data] },
    `{"data": "${data}", ${value}`,
    `"${value}"`,
  ]
  for (const body of bodies) {
    const { statusCode, body: text } = await post(rotate, body)
    expect(statusCode).toBe(400)
    expect(text).not.toContain(value)
    expect(text).not.toContain(data)
  }
  desk.begin.mockRejectedValue(new Error('of our own making'))
  expect((await post(rotate, { ...consent, data })).statusCode).toBe(500)
  expect(logged).toContain('of our own making')
  expect(logged).not.toContain(value)
  expect(logged).not.toContain(data)
})

test('a look takes its arguments from the query', async () => {
  desk.preview.mockRejectedValue(new Error('not looked at'))
  await app.inject({ url: `${rotate}?next=db_v9&together=true&windowHours=48` })
  expect(desk.preview).toHaveBeenCalledWith('secret', 'db_v1', {
    next: 'db_v9',
    together: true,
    windowHours: 48,
  })
  expect((await app.inject({ url: `${rotate}?next=-x-` })).statusCode).toBe(400)
})

test('rotations are listed, told, and given out as evidence', async () => {
  expect((await app.inject({ url: api.rotations() })).json().items).toHaveLength(1)
  expect((await app.inject({ url: api.rotation('r-1') })).json().id).toBe('r-1')
  const evidence = await app.inject({ url: api.rotationEvidence('r-1') })
  expect(evidence.headers['content-type']).toBe('text/markdown; charset=utf-8')
  expect(evidence.body).toBe('# Rotation')
})

test('an act is looked at, and then pressed with what was seen', async () => {
  desk.previewAct.mockResolvedValue(aRemoval)
  const url = api.rotationAct('r-1', 'retire')
  const looked = await app.inject({ url })
  expect(looked.json()).toEqual(aRemoval)
  expect(desk.previewAct).toHaveBeenLastCalledWith('r-1', { act: 'retire' })
  const seen = { basis: 'b', acknowledged: ['window'], typed: 'db_v1' }
  expect((await post(url, seen)).statusCode).toBe(202)
  expect(desk.act).toHaveBeenLastCalledWith('r-1', { act: 'retire' }, seen, 'local')

  const { typed: _typed, ...ticked } = seen
  await post(api.rotationAct('r-1', 'resume'), ticked)
  expect(desk.act).toHaveBeenLastCalledWith('r-1', { act: 'resume' }, ticked, 'local')

  const back = api.rotationAct('r-1', 'rollback')
  await app.inject({ url: `${back}?service=web` })
  const asked = { act: 'rollback', service: 'web' }
  expect(desk.previewAct).toHaveBeenLastCalledWith('r-1', asked)
  await post(back, { ...ticked, service: 'web' })
  expect(desk.act).toHaveBeenLastCalledWith('r-1', asked, ticked, 'local')
})

test('none is pressed without a preview, and a rollback names its service', async () => {
  for (const act of ['resume', 'rollback', 'retire'] as const) {
    const url = api.rotationAct('r-1', act)
    expect((await post(url, { service: 'web' })).statusCode).toBe(400)
    expect((await post(url, { service: 'web', acknowledged: [] })).statusCode).toBe(400)
  }
  const back = api.rotationAct('r-1', 'rollback')
  expect((await post(back, consent)).statusCode).toBe(400)
  expect((await app.inject({ url: back })).statusCode).toBe(400)
  expect(desk.act).not.toHaveBeenCalled()
})

test('to leave one as it is commands nothing, and needs no preview', async () => {
  const answer = await post(api.rotationAct('r-1', 'abandon'), {})
  expect(answer.statusCode).toBe(200)
  expect(desk.abandon).toHaveBeenCalledWith('r-1', 'local')
  expect((await app.inject({ url: api.rotationAct('r-1', 'abandon') })).statusCode).toBe(
    404,
  )
})

test('every address is in the document of the API', async () => {
  await app.ready()
  const { paths } = (await app.inject({ url: api.openapi() })).json()
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/api/secrets/{name}/rotate',
      '/api/configs/{name}/rotate',
      '/api/rotations/{id}/retire',
    ]),
  )
})
