import { VolumeList } from '@skep/shared/contract/volume'
import { describe, expect, test } from 'vitest'
import { aMount, aNode, aPrevious, aSpec, aState, aTask } from '../entities.fixture.ts'
import { instant } from '../instant.ts'
import type { Residency } from '../residency.ts'
import type { Mount } from '../state.ts'
import type { HeldVolume } from './held-volume.ts'
import { volumeViews } from './volume-views.ts'
import { aHeld, aStay, aWriter } from './volumes.fixture.ts'

type Parts = Parameters<typeof aState>[0]
type More = { residency?: Residency; held?: readonly HeldVolume[]; asked?: string | null }

const list = (
  parts: Parts,
  { residency = new Map(), held = [], asked = null }: More = {},
) =>
  VolumeList.omit({ asOf: true }).parse(volumeViews(aState(parts), residency, held, asked))

function only(parts: Parts, more: More = {}) {
  const { items } = list(parts, more)
  const [item] = items
  if (!item || items.length > 1) throw new Error(`${items.length} volumes`)
  return item
}

const risksOf = (parts: Parts, more: More = {}) =>
  only(parts, more).risks.map(({ id }) => id)
const pinned = { spec: aSpec({ constraints: ['node.hostname==n1'] }) }

describe('what is listed', () => {
  test('nothing in an empty swarm, and which nodes were not asked', () => {
    expect(list({})).toEqual({ asked: [], notAsked: ['n1', 'n2', 'n3'], items: [] })
    expect(list({}, { asked: 'n2' })).toEqual({
      asked: ['n2'],
      notAsked: ['n1', 'n3'],
      items: [],
    })
  })

  test('a volume of a spec, with who mounts it', () => {
    const services = [
      aWriter('web', [{ target: '/b', readOnly: true }, { target: '/a' }], {
        stack: 'shop',
      }),
      aWriter('api', [{}]),
    ]
    const tasks = [
      aTask({ id: 'a', serviceId: 'web', volumes: ['data'] }),
      aTask({ id: 'b', serviceId: 'web', volumes: ['data'], state: 'starting' }),
      aTask({ id: 'c', serviceId: 'api', volumes: [] }),
    ]
    expect(only({ services, tasks })).toMatchObject({
      name: 'data',
      driver: 'local',
      stack: null,
      inUse: true,
      consumers: [
        {
          service: 'api',
          stack: null,
          target: '/data',
          readOnly: false,
          rollbackOnly: false,
          running: 0,
        },
        { service: 'web', stack: 'shop', target: '/a', readOnly: false, running: 1 },
        { service: 'web', stack: 'shop', target: '/b', readOnly: true, running: 1 },
      ],
    })
  })

  test('what only an older task has, as long as it runs', () => {
    const services = [aWriter('web', [])]
    const task = aTask({ serviceId: 'web', volumes: ['old'] })
    expect(only({ services, tasks: [task] })).toMatchObject({
      name: 'old',
      inUse: true,
      consumers: [{ service: 'web', target: 'old, by an older spec', running: 1 }],
    })
    const over = { ...task, state: 'shutdown' as const }
    expect(only({ services, tasks: [over] })).toMatchObject({
      inUse: false,
      consumers: [],
      scope: 'unknown',
    })
  })

  test('what only a rollback would bring back is used', () => {
    const previous = aPrevious({
      mounts: [
        aMount({ source: 'pg16', target: '/pg', readOnly: true }),
        aMount({ source: 'pg17', target: '/pg' }),
        aMount({ type: 'bind', source: '/srv' }),
      ],
    })
    const services = [aWriter('db', [{ source: 'pg17' }], { previous })]
    const tasks = [aTask({ serviceId: 'db', volumes: ['pg17'] })]
    const { items } = list({ services, tasks })
    expect(items.map(({ name }) => name)).toEqual(['pg16', 'pg17'])
    expect(items[0]).toMatchObject({
      driver: 'local',
      scope: 'node-local',
      inUse: true,
      consumers: [
        { service: 'db', target: '/pg', readOnly: true, rollbackOnly: true, running: 0 },
      ],
      risks: [],
    })
    expect(items[1]?.consumers).toMatchObject([{ rollbackOnly: false, running: 1 }])
  })

  test('a task that still has what a rollback would bring back', () => {
    const previous = aPrevious({ mounts: [aMount({ source: 'old' })] })
    const services = [aWriter('web', [], { previous })]
    const tasks = [aTask({ serviceId: 'web', volumes: ['old'] })]
    expect(only({ services, tasks }).consumers).toMatchObject([
      { target: '/data', rollbackOnly: true, running: 1 },
    ])
  })

  test('neither paths nor what has no name', () => {
    const services = [
      aWriter('web', [
        { source: null },
        { type: 'bind', source: '/srv' },
        { type: 'tmpfs' },
      ]),
    ]
    expect(list({ services }).items).toEqual([])
  })

  test('what the asked engine holds, but nothing that nobody named', () => {
    const held = [
      aHeld('left', { bytes: 7, labels: { 'com.docker.stack.namespace': 'shop' } }),
      aHeld('a'.repeat(64)),
      aHeld('made', { labels: { 'com.docker.volume.anonymous': '' } }),
    ]
    expect(only({}, { held, asked: 'n1' })).toEqual({
      name: 'left',
      driver: 'local',
      options: [],
      mounted: null,
      scope: 'node-local',
      scopeWhy: 'The driver local keeps it on the node: each node has its own.',
      stack: 'shop',
      consumers: [],
      places: [
        { node: 'n1', seenFrom: null, seenTo: null, found: null, asked: true, bytes: 7 },
      ],
      risks: [{ id: 'unused', sentence: 'No service refers to it.' }],
      inUse: false,
      cluster: null,
    })
  })

  test('names of options, of the spec and of the engine', () => {
    const services = [aWriter('web', [{ filesystem: 'nfs', options: ['rw', 'addr'] }])]
    const held = [aHeld('data', { options: ['type', 'device', 'o'] })]
    expect(only({ services }, { held, asked: 'n1' }).options).toEqual([
      'addr',
      'device',
      'o',
      'rw',
      'type',
    ])
  })

  test('a template for each service, and what the engine made of it', () => {
    const source = '{{.Service.Name}}-{{.Task.Slot}}'
    const services = [aWriter('web', [{ source }]), aWriter('api', [{ source }])]
    const held = [aHeld('web-1', { bytes: 1 }), aHeld('web-2', { bytes: 2 })]
    const { items } = list({ services }, { held, asked: 'n1' })
    expect(
      items.map(({ name, places }) => [name, places.map(({ bytes }) => bytes)]),
    ).toEqual([
      ['api-{{.Task.Slot}}', []],
      ['web-{{.Task.Slot}}', [3]],
    ])
  })

  test('the stack by the name that its deployment gives', () => {
    const services = [aWriter('web', [{ source: 'shop_data' }], { stack: 'shop' })]
    expect(only({ services }).stack).toBe('shop')
  })
})

describe('the scope', () => {
  test.each<[string, Partial<Mount>, string]>([
    ['local', {}, 'node-local'],
    ['local by name', { driver: 'local' }, 'node-local'],
    ['NFS', { filesystem: 'nfs', device: ':/exports' }, 'remote'],
    ['CIFS', { driver: 'local', filesystem: 'cifs', device: '//nas/x' }, 'remote'],
    [
      'NFS, a share on each node',
      { filesystem: 'nfs', device: ':/{{.Node.ID}}' },
      'node-local',
    ],
    [
      'NFS by its own address',
      { filesystem: 'nfs', device: ':/x', servedByNode: true },
      'unknown',
    ],
    ['NFS of the node itself', { filesystem: 'nfs', device: 'localhost:/x' }, 'unknown'],
    ['a path', { filesystem: 'none', device: '/srv', options: ['bind'] }, 'unknown'],
    ['a disk', { filesystem: 'ext4', device: '/dev/sdb1' }, 'unknown'],
    ['memory', { filesystem: 'tmpfs', device: 'tmpfs' }, 'node-local'],
    ['REX-Ray, of files', { driver: 'rexray/efs' }, 'remote'],
    ['REX-Ray, of disks', { driver: 'rexray/ebs' }, 'unknown'],
    ['ZFS', { driver: 'zfs' }, 'node-local'],
    ['a driver that is not known', { driver: 'acme/disks' }, 'unknown'],
    ['one for each task', { source: 'data-{{.Task.ID}}' }, 'node-local'],
    ['CSI', { type: 'cluster' }, 'cluster'],
  ])('of %s', (_, mount, scope) => {
    const found = only({ services: [aWriter('web', [mount])] })
    expect(found.scope).toBe(scope)
    expect(found.scopeWhy).not.toBe('')
  })

  test('of a share on each node, with a reason that is true of it', () => {
    const mount = { filesystem: 'nfs', device: ':/{{.Node.ID}}' }
    expect(only({ services: [aWriter('web', [mount])] }).scopeWhy).toBe(
      'The driver local mounts another share on each node.',
    )
  })

  test.each<[string, Partial<HeldVolume>, string]>([
    ['made beforehand with options', { options: ['type', 'o', 'device'] }, 'unknown'],
    ['made beforehand by another driver', { driver: 'rexray/efs' }, 'remote'],
    ['the same everywhere by its driver', { driver: 'acme', scope: 'global' }, 'remote'],
    ['as plain as the spec', {}, 'node-local'],
  ])('of what is held, %s, where the spec says only its name', (_, held, scope) => {
    const services = [aWriter('web', [{}])]
    expect(only({ services }, { held: [aHeld('data', held)], asked: 'n1' }).scope).toBe(
      scope,
    )
  })

  test('of what older tasks had is what the ledger followed', () => {
    const tasks = [aTask({ serviceId: 'web', volumes: ['data'], state: 'shutdown' })]
    const residency = new Map([['web', [aStay('n1', 1, 2)]]])
    expect(only({ services: [aWriter('web', [])], tasks }, { residency }).scope).toBe(
      'node-local',
    )
  })
})

describe('the places', () => {
  const services = [aWriter('web', [{}])]
  const residency = new Map([
    ['web', [aStay('n2', 3_000, null), aStay('n1', 2_000, 3_000), aStay('n1', 500, 1_000)]],
  ])
  const at = (millis: number) => new Date(millis).toISOString()
  const unasked = { seenFrom: null, seenTo: null, found: null, asked: false, bytes: null }

  test('by the ledger, one for each node, and what came to one without its data', () => {
    expect(only({ services }, { residency }).places).toEqual([
      { ...unasked, node: 'n1', seenFrom: at(500), seenTo: at(3_000) },
      { ...unasked, node: 'n2', seenFrom: at(3_000), found: 'probably-empty' },
    ])
  })

  test('a node that it came back to may have an older copy', () => {
    const back = new Map([
      [
        'web',
        [aStay('n1', 3_000, null), aStay('n2', 2_000, 3_000), aStay('n1', 500, 2_000)],
      ],
    ])
    const { places } = only({ services }, { residency: back })
    expect(places.map(({ node, found }) => [node, found])).toEqual([
      ['n1', 'older-copy'],
      ['n2', null],
    ])
  })

  test('the asked node knows its own: its size, or that it is gone', () => {
    const held = [aHeld('data', { bytes: 9 })]
    expect(only({ services }, { residency, held, asked: 'n1' }).places[0]).toMatchObject({
      node: 'n1',
      asked: true,
      bytes: 9,
    })
    const { places } = only({ services }, { residency, asked: 'n1' })
    expect(places.map(({ node }) => node)).toEqual(['n2'])
  })

  test('where a task runs now, before the ledger has it', () => {
    const tasks = [
      aTask({ serviceId: 'web', volumes: ['data'], nodeId: 'n3', since: 7_000 }),
    ]
    expect(only({ services, tasks }).places).toEqual([
      { ...unasked, node: 'n3', seenFrom: at(7_000) },
    ])
  })

  test('what a service that is gone left behind', () => {
    const left = new Map([['gone', [aStay('n3', 1, 2)]]])
    expect(only({ services }, { residency: left }).places.map(({ node }) => node)).toEqual([
      'n3',
    ])
  })

  test('of a template only what its own services had', () => {
    const source = 'data-{{.Task.Slot}}'
    const seen = new Map([
      ['web', [aStay('n1', 1, null, 'data-1')]],
      ['other', [aStay('n2', 1, null, 'data-2')]],
    ])
    const { items } = list(
      { services: [aWriter('web', [{ source }])] },
      { residency: seen },
    )
    expect(items.map(({ name, places }) => [name, places.map(({ node }) => node)])).toEqual(
      [
        ['data-2', ['n2']],
        [source, ['n1']],
      ],
    )
  })

  test('none for data that is behind the network', () => {
    const remote = [aWriter('web', [{ filesystem: 'nfs', device: ':/x' }])]
    const tasks = [aTask({ serviceId: 'web', volumes: ['data'] })]
    expect(only({ services: remote, tasks }, { residency }).places).toEqual([])
  })
})

describe('what no service has any more', () => {
  const residency = new Map([['gone', [aStay('n3', 1_000, 2_000, 'shop_data')]]])

  test('is listed with where it was last seen', () => {
    expect(only({}, { residency, asked: 'n1' })).toMatchObject({
      name: 'shop_data',
      driver: 'not known',
      consumers: [],
      inUse: false,
      scopeWhy: expect.stringContaining('No service has it any more'),
      places: [
        { node: 'n3', seenFrom: instant(1_000), seenTo: instant(2_000), asked: false },
      ],
      risks: expect.arrayContaining([expect.objectContaining({ id: 'unused' })]),
    })
  })

  test('also where its service is there, and mounts another', () => {
    const services = [aWriter('web', [{ source: 'new' }])]
    const seen = new Map([['web', [aStay('n3', 1_000, 2_000, 'old')]]])
    const { items } = list({ services }, { residency: seen })
    expect(items.map(({ name }) => name)).toEqual(['new', 'old'])
  })

  test('is not where the only node it was on was asked, and holds it no more', () => {
    expect(list({}, { residency, asked: 'n3' }).items).toEqual([])
  })

  test('is told once where the asked engine holds it', () => {
    const held = [aHeld('shop_data')]
    expect(only({}, { residency, held, asked: 'n3' })).toMatchObject({ driver: 'local' })
  })
})

test.each<[Partial<Mount>, string | null]>([
  [{}, null],
  [{ filesystem: 'nfs', device: ':/export' }, 'nfs'],
  [{ filesystem: 'nfs', device: 'files.example:/export' }, 'nfs from files.example'],
  [{ filesystem: 'cifs', device: '//nas/share' }, 'cifs from nas'],
  [{ filesystem: 'cifs', device: '//u:hunter2@nas/share' }, 'cifs from nas'],
  [{ filesystem: 'cifs', device: '//u:hun/ter2@nas/share' }, 'cifs'],
  [{ device: 'https://nas.example:8443/dav?token=hunter2' }, 'from nas.example'],
  [{ filesystem: 'ext4', device: '/dev/sdb1' }, 'ext4'],
  [{ filesystem: 'password=hunter2', device: '//nas/x' }, null],
  [{ filesystem: 'cifs', options: ['username', 'password'] }, 'cifs'],
])('of a mount %j it is told to mount %s', (mount, mounted) => {
  const found = only({ services: [aWriter('web', [mount])] })
  expect(found.mounted).toBe(mounted)
  expect(JSON.stringify(found)).not.toMatch(/hunter2|ter2/)
})

describe('the risks', () => {
  const replicas = (count: number) =>
    ({ mode: { kind: 'replicated', replicas: count } }) as const
  const nfs = { filesystem: 'nfs', device: ':/x' }

  test.each<[string, Parameters<typeof aWriter>[], string[]]>([
    ['a pinned one', [['web', [{}], pinned]], []],
    ['nothing that keeps it', [['web', [{}]]], ['unpinned']],
    [
      'a loose constraint',
      [['web', [{}], { spec: aSpec({ constraints: ['node.hostname!=n1'] }) }]],
      ['unpinned'],
    ],
    [
      'replicas on local',
      [['web', [{}], { ...replicas(3), ...pinned }]],
      ['replicas-on-local'],
    ],
    [
      'a volume for each slot',
      [['web', [{ source: 'd-{{.Task.Slot}}' }], { ...replicas(3), ...pinned }]],
      [],
    ],
    ['one on every node', [['web', [{}], { mode: { kind: 'global' } }]], []],
    ['replicas on the network', [['web', [nfs], replicas(3)]], ['replicas-share']],
    ['readers on the network', [['web', [{ ...nfs, readOnly: true }], replicas(3)]], []],
    ['one on the network', [['web', [nfs]]], []],
    [
      'every node on the network',
      [['web', [nfs], { mode: { kind: 'global' } }]],
      ['replicas-share'],
    ],
    [
      'two that write',
      [
        ['web', [nfs]],
        ['api', [nfs]],
      ],
      ['shared-writes'],
    ],
    [
      'one that writes, one that reads',
      [
        ['web', [nfs]],
        ['api', [{ ...nfs, readOnly: true }]],
      ],
      [],
    ],
    [
      'two drivers',
      [
        ['web', [nfs]],
        ['api', [{ driver: 'rexray/efs', readOnly: true }]],
      ],
      ['drivers-differ'],
    ],
    ['memory', [['web', [{ filesystem: 'tmpfs', device: 'tmpfs' }], replicas(2)]], []],
  ])('%s', (_, writers, risks) => {
    expect(risksOf({ services: writers.map((writer) => aWriter(...writer)) })).toEqual(
      risks,
    )
  })

  test.each<[string, Partial<HeldVolume>, string[]]>([
    ['the same on every node', { driver: 'rexray/efs' }, ['replicas-share']],
    ['with options of its own', { options: ['type', 'o', 'device'] }, []],
    ['global by its driver', { driver: 'acme', scope: 'global' }, ['replicas-share']],
    ['plain', {}, ['replicas-on-local', 'unpinned']],
  ])('made beforehand, %s, where the spec says only its name', (_, held, risks) => {
    const services = [aWriter('web', [{}], replicas(3))]
    const more = { held: [aHeld('data', held)], asked: 'n1' }
    expect(risksOf({ services }, more)).toEqual(risks)
  })

  test('an only node needs no constraint', () => {
    expect(risksOf({ services: [aWriter('web', [{}])], nodes: [aNode()] })).toEqual([])
  })

  test('an older copy on another node', () => {
    const residency = new Map([['web', [aStay('n2', 3, null), aStay('n1', 1, 2)]]])
    const { risks } = only({ services: [aWriter('web', [{}], pinned)] }, { residency })
    expect(risks).toEqual([
      {
        id: 'old-copies',
        sentence:
          'n1 may still have an older copy: data that was written there is not where it runs now.',
      },
    ])
  })

  test('a node that is gone, with the last that was written or an older copy', () => {
    const services = [aWriter('web', [{}], pinned)]
    const last = new Map([['web', [aStay('gone', 1, 2)]]])
    expect(only({ services }, { residency: last }).risks).toEqual([
      {
        id: 'node-gone',
        sentence: 'gone is no longer in the swarm: what was written last is there.',
      },
    ])
    const older = new Map([['web', [aStay('n2', 3, null), aStay('gone', 1, 2)]]])
    expect(only({ services }, { residency: older }).risks[0]?.sentence).toBe(
      'gone is no longer in the swarm: an older copy may be there.',
    )
  })

  test('a node that is down, while another runs on', () => {
    const nodes = [aNode({ id: 'n1', state: 'down' }), aNode({ id: 'n2' })]
    const residency = new Map([['web', [aStay('n2', 3, null), aStay('n1', 1, null)]]])
    const services = [aWriter('web', [{}], pinned)]
    expect(risksOf({ services, nodes }, { residency })).toEqual(['node-down', 'old-copies'])
  })
})
