import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EngineVolume } from '../docker/engine.ts'
import { silent } from '../silent.fixture.ts'
import { anEngine } from './engine.fixture.ts'
import { freshUses, volumesWithin } from './fresh-uses.ts'
import { createMirror, type Mirror } from './mirror.ts'

const aVolume = (name: string): EngineVolume => ({
  Name: name,
  Driver: 'my-csi',
  ClusterVolume: { ID: `id-${name}`, Version: { Index: 1 }, Spec: {} },
})

let mirror: Mirror
let engine: ReturnType<typeof anEngine>
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

/** What a look tells of cluster volumes, and whether it had to wait for that. */
async function look(kind: 'secret' | 'config', after = 0) {
  const settled = vi.fn()
  const looking = freshUses(mirror, kind)
  void looking.then(settled)
  await pass(after)
  expect(settled).toHaveBeenCalledOnce()
  const { clusterVolumes } = await looking
  return clusterVolumes && [...clusterVolumes.values()].map(({ name }) => name)
}

beforeEach(async () => {
  vi.useFakeTimers()
  engine = anEngine()
  engine.putNode('m1')
  mirror = createMirror([engine], silent)
})

afterEach(async () => {
  const stopped = mirror.stop()
  await pass(2_000)
  await stopped
  vi.useRealTimers()
})

async function starts(...names: string[]) {
  engine.setVolumes({ Volumes: names.map(aVolume), Warnings: [] })
  mirror.start()
  await pass(1_000)
  expect(mirror.state().swarm.state).toBe('live')
}

test('cluster volumes are as the engine has them now', async () => {
  await starts('old')
  engine.setVolumes({ Volumes: [aVolume('new')], Warnings: [] })
  expect(await look('secret')).toEqual(['new'])
})

test('a volume driver that hangs holds up no longer than this: what is known counts', async () => {
  await starts('known')
  engine.api.volumes = () => new Promise(() => {})
  engine.putStored('secret', 'late')
  const looking = freshUses(mirror, 'secret')
  await pass(volumesWithin)
  const state = await looking
  expect([...(state.clusterVolumes?.keys() ?? [])]).toEqual(['id-known'])
  expect(state.secrets.has('late')).toBe(true)
})

test('what cannot be read is what is known', async () => {
  await starts('known')
  engine.setVolumes({ Volumes: [], Warnings: ['no leader'] })
  expect(await look('secret')).toEqual(['known'])
})

test('what nobody knows stays unknown', async () => {
  engine.api.volumes = () => new Promise(() => {})
  await starts()
  expect(await look('secret', volumesWithin)).toBeNull()
})

test('a config has nothing to do with volumes, and is not held up by them', async () => {
  await starts('known')
  engine.api.volumes = () => new Promise(() => {})
  const asked = vi.spyOn(engine.api, 'volumes')
  expect(await look('config')).toEqual(['known'])
  expect(asked).not.toHaveBeenCalled()
})
