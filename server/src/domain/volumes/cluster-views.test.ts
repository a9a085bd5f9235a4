import { VolumeList } from '@skep/shared/contract/volume'
import { describe, expect, test } from 'vitest'
import {
  aClusterVolume,
  aMount,
  aPrevious,
  aState,
  aStored,
  aTask,
} from '../entities.fixture.ts'
import type { ClusterVolume, Mount, Service, Task } from '../state.ts'
import { volumeViews } from './volume-views.ts'
import { aHeld, aWriter } from './volumes.fixture.ts'

const list = (
  parts: Parameters<typeof aState>[0],
  held: Parameters<typeof volumeViews>[2] = [],
) =>
  VolumeList.omit({ asOf: true }).parse(volumeViews(aState(parts), new Map(), held, 'n1'))
    .items

const cluster = (fields: Partial<Mount> = {}): Partial<Mount> => ({
  type: 'cluster',
  source: 'data',
  ...fields,
})

const given = (id: string, source: string, fields: Partial<Task> = {}) =>
  aTask({
    id: `${id} ${source}`,
    serviceId: 'web',
    clusterVolumes: [{ id, source, target: '/data', readOnly: false }],
    ...fields,
  })

describe('a cluster volume', () => {
  test('is listed with what the swarm keeps of it, mounted or not', () => {
    const volume = aClusterVolume('data', {
      driver: 'my-csi',
      group: 'fast',
      stack: 'shop',
      availability: 'pause',
      scope: 'single',
      sharing: 'onewriter',
      filesystem: 'ext4',
      options: ['type', 'iops'],
      secrets: [
        { key: 'password', secret: 's1' },
        { key: 'user', secret: 's1' },
        { key: 'token', secret: 'gone' },
      ],
      capacity: 1_000,
      topology: [{ zone: 'z1' }, { zone: 'z2', rack: 'r1' }],
      published: [
        { nodeId: 'n2', state: 'published' },
        { nodeId: 'n1', state: 'pending-node-unpublish' },
      ],
    })
    const secrets = [aStored('s1', { name: 'csi_password' })]
    expect(list({ clusterVolumes: [volume], secrets })).toEqual([
      {
        name: 'data',
        driver: 'my-csi',
        options: ['iops', 'type'],
        mounted: null,
        scope: 'cluster',
        scopeWhy: 'Its CSI driver my-csi keeps the data, and decides which nodes reach it.',
        stack: 'shop',
        consumers: [],
        places: [],
        risks: [
          { id: 'not-active', sentence: 'It is paused: no new task is given it.' },
          {
            id: 'secret-gone',
            sentence:
              'What its driver is given as token is a secret that the swarm does not have any more: the driver may fail.',
          },
          { id: 'unused', sentence: 'No service refers to it.' },
        ],
        inUse: false,
        cluster: {
          group: 'fast',
          availability: 'pause',
          access: 'one node at a time, one task that writes, any number that read, ext4',
          reach: 'zone z1 or zone z2, rack r1',
          published: [
            { node: 'n1', state: 'pending-node-unpublish' },
            { node: 'n2', state: 'published' },
          ],
          capacityBytes: 1_000,
          secrets: ['csi_password', 'gone'],
        },
      },
    ])
  })

  test('of which nothing is told claims nothing', () => {
    const services = [aWriter('web', [cluster()])]
    const [found] = list({ services, clusterVolumes: null })
    expect(found).toMatchObject({
      name: 'data',
      scope: 'cluster',
      driver: 'csi',
      cluster: null,
      risks: [],
      scopeWhy:
        'A cluster volume: its CSI driver keeps the data. This engine tells nothing more of it.',
    })
  })

  test('is another than one of a node that has the same name', () => {
    const services = [aWriter('web', [cluster(), { source: 'data', target: '/local' }])]
    const items = list({ services, clusterVolumes: [aClusterVolume('data')] }, [
      aHeld('data'),
    ])
    expect(items.map(({ scope, consumers }) => [scope, consumers[0]?.target])).toEqual([
      ['node-local', '/local'],
      ['cluster', '/data'],
    ])
  })
})

describe('who has it', () => {
  const volumes = ['a', 'b'].map((id) => aClusterVolume(id, { group: 'g' }))
  const running = (items: ReturnType<typeof list>) =>
    items.map(({ name, inUse, consumers }) => [
      name,
      inUse,
      consumers.map(({ target, running }) => `${running} at ${target}`),
    ])

  test('of a group, whoever mounts any of it, and the tasks that were given this one', () => {
    const services = [aWriter('web', [cluster({ source: 'group:g' })])]
    const tasks = [given('a', 'group:g'), given('b', 'group:g', { state: 'shutdown' })]
    expect(running(list({ services, tasks, clusterVolumes: volumes }))).toEqual([
      ['a', true, ['1 at /data']],
      ['b', true, ['0 at /data']],
    ])
  })

  test('what only a rollback would bring back', () => {
    const previous = aPrevious({ mounts: [aMount(cluster({ source: 'a' }))] })
    const services = [aWriter('web', [cluster({ source: 'b' })], { previous })]
    const items = list({ services, clusterVolumes: volumes })
    expect(
      items.map(({ inUse, consumers }) => [inUse, consumers[0]?.rollbackOnly]),
    ).toEqual([
      [true, true],
      [true, false],
    ])
    expect(items[0]?.risks).toEqual([])
  })

  test('tasks from an older spec, that mounted it', () => {
    const tasks = [given('a', 'a'), given('a', 'a', { id: 'second' })]
    const parts = { services: [aWriter('web', [])], tasks, clusterVolumes: volumes }
    expect(running(list(parts))).toEqual([
      ['a', true, ['2 at /data, by an older spec']],
      ['b', false, []],
    ])
  })
})

describe('what could go wrong with it', () => {
  const risksOf = (
    volume: Partial<ClusterVolume> | null,
    mount: Partial<Mount> = {},
    service: Partial<Service> = {},
  ) =>
    list({
      services: [aWriter('web', [cluster(mount)], service)],
      clusterVolumes: volume ? [aClusterVolume('data', volume)] : [],
    }).flatMap(({ risks }) => risks.map(({ id, sentence }) => `${id}: ${sentence}`))
  const three = { mode: { kind: 'replicated', replicas: 3 } } as const
  const everywhere = { mode: { kind: 'global' } } as const

  test.each<[string, ReturnType<typeof risksOf>, string[]]>([
    ['nothing', risksOf({}), []],
    [
      'the swarm has none of that name',
      risksOf(null),
      ['missing: The swarm has no cluster volume of this name: tasks that mount it wait.'],
    ],
    [
      'nor of that group',
      risksOf(null, { source: 'group:g' }),
      ['missing: No cluster volume is in the group g: tasks that mount one of it wait.'],
    ],
    [
      'its driver has not made it',
      risksOf({ made: false }),
      ['not-made: Its driver csi-driver has not made it: tasks that mount it wait.'],
    ],
    [
      'it is drained',
      risksOf({ availability: 'drain' }),
      ['not-active: It is drained: no task is given it, and none keeps it.'],
    ],
    [
      'it is for reading only',
      risksOf({ sharing: 'readonly' }),
      ['read-only: It is for reading only, and web mounts it to write: its tasks wait.'],
    ],
    [
      'it is for reading, and is read',
      risksOf({ sharing: 'readonly' }, { readOnly: true }),
      [],
    ],
    [
      'one task can have it',
      risksOf({ sharing: 'none' }, {}, three),
      ['one-task: It is for one task at a time: of the 3 replicas of web one can have it.'],
    ],
    [
      'one task can write',
      risksOf({ sharing: 'onewriter' }, {}, everywhere),
      [
        'one-task: It is for one task that writes at a time: of the tasks of web one can have it.',
      ],
    ],
    [
      'one node can have it',
      risksOf({ scope: 'single', sharing: 'onewriter' }, { readOnly: true }, three),
      [
        'one-node: It is for one node at a time: the 3 replicas of web can only run where the first one does.',
      ],
    ],
    [
      'many write',
      risksOf({}, {}, three),
      ['replicas-share: 3 replicas of web write to the same files.'],
    ],
    [
      'of a group each task may have another',
      risksOf({ sharing: 'none', group: 'g' }, { source: 'group:g' }, three),
      [],
    ],
  ])('%s', (_, risks, expected) => {
    expect(risks).toEqual(expected)
  })
})
