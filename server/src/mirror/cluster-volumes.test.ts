import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { EngineVolume } from '../docker/engine.ts'
import { silent } from '../silent.fixture.ts'
import { clusterVolumesIn, readClusterVolumes, volumeIntervals } from './cluster-volumes.ts'
import { anEngine } from './engine.fixture.ts'
import { createMirror, type Mirror } from './mirror.ts'
import { toNode, toTask } from './translate.ts'

const aVolume = (
  name: string,
  index = 1,
  spec: Partial<NonNullable<EngineVolume['ClusterVolume']>['Spec']> = {},
): EngineVolume => ({
  Name: name,
  Driver: 'my-csi',
  Scope: 'global',
  Labels: { 'com.docker.stack.namespace': 'shop' },
  Options: { password: 'hunter2' },
  ClusterVolume: {
    ID: `id-${name}`,
    Version: { Index: index },
    Spec: {
      Group: 'g',
      AccessMode: { Scope: 'multi', Sharing: 'onewriter', MountVolume: { FsType: 'ext4' } },
      Secrets: [{ Key: 'password', Secret: 's1' }],
      Availability: 'active',
      ...spec,
    },
    PublishStatus: [{ NodeID: 'm1', State: 'published' }],
    Info: {
      VolumeID: 'v',
      CapacityBytes: 7,
      AccessibleTopology: [{ Segments: { zone: 'a' } }],
    },
  },
})
const local: EngineVolume = { Name: 'own', Driver: 'local' }

describe('a list', () => {
  const of = (Volumes: EngineVolume[], Warnings: string[] = [], api = '1.51') =>
    clusterVolumesIn({ Volumes, Warnings }, api)

  test('in the words of the domain, with names of options alone', () => {
    expect(of([local, aVolume('data')])).toEqual([
      {
        id: 'id-data',
        version: 1,
        name: 'data',
        driver: 'my-csi',
        group: 'g',
        stack: 'shop',
        availability: 'active',
        scope: 'multi',
        sharing: 'onewriter',
        access: 'mount',
        filesystem: 'ext4',
        options: ['password'],
        secrets: [{ key: 'password', secret: 's1' }],
        made: true,
        capacity: 7,
        topology: [{ zone: 'a' }],
        published: [{ nodeId: 'm1', state: 'published' }],
      },
    ])
  })

  test('of a word that is not known claims nothing', () => {
    const volume = aVolume('data', 1, { Availability: '', AccessMode: { Scope: 'all' } })
    expect(of([volume])).toMatchObject([
      { availability: 'unknown', scope: 'unknown', sharing: 'unknown', access: 'unknown' },
    ])
  })

  /** As recorded where the leader, or the engine itself, is older than cluster volumes. */
  test('that may not be whole is none', () => {
    expect(of([local])).toEqual([])
    expect(of([], ['unknown method ListVolumes'])).toBeNull()
    expect(of([aVolume('data')], ['the driver x does not answer'])).toHaveLength(1)
    expect(of([local], [], '1.41')).toBeNull()
    expect(of([local], [], '1.42')).toEqual([])
    expect(of([local], [], '2.0')).toEqual([])
  })

  /** @see moby/moby volume/service/errors.go, OpErr */
  test('is whole all the same where a volume driver of the engine alone fails', () => {
    const broken =
      'list nfs-plugin: Post "http://%2Frun%2Fdocker%2Fplugins%2Fnfs.sock/VolumeDriver.List": dial unix: no such file'
    const unimplemented =
      'rpc error: code = Unimplemented desc = unknown method ListVolumes for service docker.swarmkit.v1.Control'
    expect(of([local], [broken])).toEqual([])
    expect(of([local], [broken, unimplemented])).toBeNull()
    expect(of([local], ['context deadline exceeded'])).toBeNull()
  })

  test('an engine without them is not even asked, and no failure is thrown', async () => {
    const volumes = vi.fn(() => Promise.reject(new Error('hangs')))
    expect(await readClusterVolumes({ volumes }, '1.41')).toBeNull()
    expect(volumes).not.toHaveBeenCalled()
    expect(await readClusterVolumes({ volumes }, '1.51')).toBeNull()
    expect(volumes).toHaveBeenCalledOnce()
  })
})

describe('the mirror', () => {
  let mirror: Mirror
  let engine: ReturnType<typeof anEngine>
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
  const asked = () => engine.calls.filter((call) => call === 'volumes').length
  const known = () => [...(mirror.state().clusterVolumes?.values() ?? [])]

  beforeEach(async () => {
    vi.useFakeTimers()
    engine = anEngine()
    engine.putNode('m1')
    engine.putService('web', 1)
    mirror = createMirror([engine], silent)
  })

  afterEach(async () => {
    const stopped = mirror.stop()
    await pass(2_000)
    await stopped
    vi.useRealTimers()
  })

  test('knows of none before it asked, and asks seldom while none is mounted', async () => {
    engine.setVolumes({ Volumes: [aVolume('data')], Warnings: [] })
    expect(mirror.state().clusterVolumes).toBeNull()
    mirror.start()
    await pass(1_000)
    expect(known().map(({ name }) => name)).toEqual(['data'])
    expect(asked()).toBe(1)
    await pass(60_000)
    expect(asked()).toBe(1)
    await pass(volumeIntervals.atRest)
    expect(asked()).toBe(2)
  })

  test('follows closely while a service mounts one, and keeps what did not change', async () => {
    engine.setVolumes({ Volumes: [aVolume('data')], Warnings: [] })
    const Mounts = [{ Type: 'cluster', Source: 'data', Target: '/data' }]
    engine.putService('web', 1, {
      Spec: { Name: 'web', TaskTemplate: { ContainerSpec: { Mounts } }, Mode: {} },
    })
    mirror.start()
    await pass(1_000)
    const before = mirror.state().clusterVolumes
    await pass(volumeIntervals.mounted + 2_000)
    expect(asked()).toBe(2)
    expect(mirror.state().clusterVolumes).toBe(before)
    engine.setVolumes({
      Volumes: [aVolume('data', 2, { Availability: 'pause' })],
      Warnings: [],
    })
    await pass(volumeIntervals.mounted + 2_000)
    expect(known().map(({ availability }) => availability)).toEqual(['pause'])
  })

  test('does not know them any more where they cannot be read, and goes on all the same', async () => {
    engine.setVolumes({ Volumes: [], Warnings: [] })
    mirror.start()
    await pass(1_000)
    expect(mirror.state().clusterVolumes).toEqual(new Map())
    engine.setVolumes({ Volumes: [], Warnings: ['no leader'] })
    await pass(volumeIntervals.atRest + 2_000)
    expect(mirror.state().clusterVolumes).toEqual(new Map())
    await pass(volumeIntervals.failed + 2_000)
    expect(mirror.state().clusterVolumes).toBeNull()
    expect(mirror.state().swarm.state).toBe('live')
  })

  test('keeps what it knows through one failure', async () => {
    engine.setVolumes({ Volumes: [aVolume('data')], Warnings: [] })
    mirror.start()
    await pass(1_000)
    const before = mirror.state().clusterVolumes
    for (const round of [2, 4]) {
      engine.setVolumes({ Volumes: [], Warnings: ['no leader'] })
      await pass(volumeIntervals.atRest + 2_000)
      expect(asked()).toBe(round)
      expect(mirror.state().clusterVolumes).toBe(before)
      engine.setVolumes({ Volumes: [aVolume('data')], Warnings: [] })
      await pass(volumeIntervals.failed + 2_000)
      expect(asked()).toBe(round + 1)
      expect(mirror.state().clusterVolumes).toBe(before)
    }
  })

  test('asks again soon after a first look that failed, and ever more seldom', async () => {
    engine.setVolumes({ Volumes: [], Warnings: ['no leader'] })
    mirror.start()
    await pass(1_000)
    expect(asked()).toBe(1)
    await pass(volumeIntervals.failed + 2_000)
    expect(asked()).toBe(2)
    await pass(volumeIntervals.failed + 2_000)
    expect(asked()).toBe(2)
    await pass(volumeIntervals.failed)
    expect(asked()).toBe(3)
    expect(mirror.state().clusterVolumes).toBeNull()
    engine.setVolumes({ Volumes: [aVolume('data')], Warnings: [] })
    await pass(volumeIntervals.failed * 4 + 2_000)
    expect(known().map(({ name }) => name)).toEqual(['data'])
  })

  test('is not held up by a list that hangs', async () => {
    engine.api.volumes = () => new Promise(() => {})
    mirror.start()
    await pass(1_000)
    engine.putService('late', 1)
    await pass(60_000)
    expect(mirror.state().services.has('late')).toBe(true)
    expect(mirror.state().clusterVolumes).toBeNull()
  })
})

describe('what tasks and nodes tell of them', () => {
  const meta = {
    ID: 'x',
    Version: { Index: 1 },
    CreatedAt: '2026-11-01T14:00:00Z',
    UpdatedAt: '2026-11-01T14:00:00Z',
  }

  test('a task has a volume as the mount says that it was chosen for', () => {
    const Mounts = [
      { Type: 'cluster', Source: 'group:g', Target: '/a', ReadOnly: true },
      { Type: 'cluster', Source: 'data', Target: '/b' },
    ]
    const task = toTask(
      {
        ...meta,
        Spec: { ContainerSpec: { Mounts } },
        Status: { State: 'running' },
        DesiredState: 'running',
        Volumes: [
          { ID: 'v1', Source: 'group:g', Target: '/a' },
          { ID: 'v2', Source: 'data', Target: '/b' },
        ],
      },
      true,
    )
    expect(task.clusterVolumes).toEqual([
      { id: 'v1', source: 'group:g', target: '/a', readOnly: true },
      { id: 'v2', source: 'data', target: '/b', readOnly: false },
    ])
  })

  /** @see moby/moby daemon/cluster/convert/node_test.go */
  test('a node lies where its drivers say, or they do not say', () => {
    const node = (CSIInfo?: object[]) =>
      toNode({
        ...meta,
        Spec: {},
        Description: { ...(CSIInfo && { CSIInfo }) },
        Status: { State: 'ready' },
      })
    const told = node([
      { PluginName: 'plugin1', NodeID: 'p1n1', MaxVolumesPerNode: 1 },
      {
        PluginName: 'plugin2',
        NodeID: 'p2n1',
        AccessibleTopology: { Segments: { a: '1', b: '2' } },
      },
    ])
    expect(told.csiDrivers).toEqual([
      { name: 'plugin1', topology: null },
      { name: 'plugin2', topology: { a: '1', b: '2' } },
    ])
    expect(node().csiDrivers).toEqual([])
    const names = (...reported: string[]) =>
      node(reported.map((PluginName) => ({ PluginName }))).csiDrivers.map(
        ({ name }) => name,
      )
    expect(names('c', 'a', 'b')).toEqual(['a', 'b', 'c'])
  })
})
