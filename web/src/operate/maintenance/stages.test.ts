import { aService } from '@skep/shared/contract/cluster.fixture'
import type { MaintenanceStep } from '@skep/shared/contract/maintenance'
import { expect, test } from 'vitest'
import { aNodePreview, aTask } from '../preview.fixture.ts'
import { servicesToStop } from './services-to-stop.ts'
import { splitId, stagesOf } from './stages.ts'

const ids = ['stop:a', 'stop:b', 'drain', 'work', 'activate', 'start:a', 'verify:a']
const after = (done: number, fields: Partial<MaintenanceStep> = {}) =>
  stagesOf({
    steps: ids.map((id, at) => ({
      id,
      title: id,
      by: 'swarm',
      state: at < done ? 'done' : 'waits',
      sentence: '',
      doneAt: null,
      actor: null,
      note: null,
      ...(at === 0 && fields),
    })),
  })

test.each([
  { done: 0, current: 'stop' },
  { done: 1, current: 'stop' },
  { done: 2, current: 'drain' },
  { done: 6, current: 'verify' },
  { done: 7, current: undefined },
])('with $done steps done the current stage is $current', ({ done, current }) => {
  expect(after(done).find(({ state }) => state === 'current')?.kind).toBe(current)
})

test('a step that is undone again takes its stage back', () => {
  expect(after(4, { state: 'undone' })[0]).toMatchObject({ kind: 'stop', state: 'current' })
})

test('without services to stop there is no stage that stops', () => {
  expect(stagesOf({ steps: [] })).toEqual([])
})

test('a service may be called as it likes', () => {
  expect(splitId('stop:a:b')).toEqual({ kind: 'stop', service: 'a:b' })
})

test('what is stopped first: what has data at risk or would be down, if it has a scale', () => {
  const services = {
    pg: aService({ name: 'pg', desired: 1 }),
    api: aService({ name: 'api', desired: 2 }),
    agent: aService({ name: 'agent', mode: 'global' }),
    web: aService({ name: 'web', desired: 9 }),
    plain: aService({ name: 'plain', desired: 1 }),
  }
  const dip = {
    class: 'durable-single',
    running: 2,
    desired: 2,
    settles: 2,
    sentence: '',
    backup: null,
    drill: null,
  } as const
  const preview = aNodePreview({
    tasks: [
      aTask(1, { service: 'pg', data: 'starts-empty' }),
      aTask(1, { service: 'agent', data: 'unknown' }),
      aTask(1),
    ],
    services: [
      { ...dip, service: 'api', lowest: 0 },
      { ...dip, service: 'web', lowest: 8 },
      { ...dip, service: 'plain', class: 'stateless', lowest: 0 },
    ],
  })
  expect(servicesToStop(preview, services)).toEqual(['api', 'pg'])
  expect(servicesToStop({ ...preview, kind: 'pause' }, services)).toEqual([])
})
