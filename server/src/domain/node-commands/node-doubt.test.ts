import { describe, expect, test } from 'vitest'
import { aMount, aNetwork } from '../entities.fixture.ts'
import type { Task } from '../state.ts'
import {
  called,
  checkIds,
  look,
  m1,
  now,
  on,
  outcomes,
  w,
} from './node-commands.fixture.ts'

const nodes = [m1, w('w1'), w('w2')]
const binding = (source: string) => ({ mounts: [aMount({ type: 'bind', source })] })
const ran = (service: string, path: string, fields: Partial<Task> = {}) =>
  on('w2', service, { containerId: 'c1', paths: [path], ...fields })

describe('where a path of the node is known to be', () => {
  test('not by a task of an older spec, which was made without it', () => {
    const services = [called('web', binding('/srv/new'))]
    const old = {
      state: 'shutdown',
      desired: 'shutdown',
      upToDate: false,
      containerId: 'c1',
    } as const
    const drain = (paths: string[]) =>
      look({
        nodes,
        services,
        tasks: [on('w1', 'web'), on('w2', 'web', { ...old, paths })],
      }).preview
    expect(outcomes(drain([]))).toEqual({ web: ['fails'] })
    expect(outcomes(drain(['/srv/old']))).toEqual({ web: ['fails'] })
    expect(outcomes(drain(['/srv/new']))).toEqual({ web: ['moves'] })
  })

  test('by the task of a service that asks for it no more, or that was removed', () => {
    const services = [called('web', binding('/srv/data')), called('old')]
    for (const service of ['old', 'removed']) {
      const tasks = [on('w1', 'web'), ran(service, '/srv/data', { desired: 'remove' })]
      const { preview } = look({ nodes, services, tasks })
      expect(outcomes(preview)).toEqual({ web: ['moves'] })
    }
  })

  test('for the slot that it is the path of, and for no other', () => {
    const source = '/srv/shard-{{.Task.Slot}}'
    const services = [called('shard', binding(source))]
    const { preview } = look({
      nodes,
      services,
      tasks: [
        on('w1', 'shard', { slot: 1 }),
        on('w1', 'shard', { slot: 2 }),
        ran('shard', source, { slot: 2, state: 'shutdown', desired: 'shutdown' }),
      ],
    })
    expect(preview.tasks).toMatchObject([
      {
        slot: '1',
        outcome: 'fails',
        why: 'It mounts /srv/shard-{{.Task.Slot}} of its node, which is not known to exist on any other node.',
      },
      { slot: '2', outcome: 'moves' },
    ])
  })

  test.each([
    // Another service, another path; but written out it may be the same.
    { mine: '/srv/{{.Service.Name}}', its: '/srv/{{.Service.Name}}', outcome: 'fails' },
    { mine: '/srv/{{ .Service.Name }}', its: '/srv/a', outcome: 'moves' },
    { mine: '/srv/{{.Service.ID}}', its: '/srv/{{.Service.ID}}', outcome: 'fails' },
    { mine: '/srv/{{.Node.Hostname}}', its: '/srv/{{.Node.Hostname}}', outcome: 'moves' },
    { mine: '/srv/{{.Node.Hostname}}', its: '/srv/w1', outcome: 'fails' },
    { mine: '/srv/{{.Node.ID}}', its: '/srv/w2', outcome: 'moves' },
    {
      mine: '/srv/{{.Node.Platform.OS}}/{{.Node.Platform.Architecture}}',
      its: '/srv/linux/x86_64',
      outcome: 'moves',
    },
    // The very same text stands for another path in each task.
    { mine: '/srv/{{.Task.ID}}', its: '/srv/{{.Task.ID}}', outcome: 'fails' },
    { mine: '/srv/{{.Task.Name}}', its: '/srv/{{.Task.Name}}', outcome: 'fails' },
    {
      mine: '/srv/{{index .Service.Labels "x"}}',
      its: '/srv/{{index .Service.Labels "x"}}',
      outcome: 'fails',
    },
  ] as const)('$mine by $its: $outcome', ({ mine, its, outcome }) => {
    const services = [called('a', binding(mine)), called('b')]
    const tasks = [on('w1', 'a', { slot: 1 }), ran('b', its, { slot: 1 })]
    expect(outcomes(look({ nodes, services, tasks }).preview)).toEqual({ a: [outcome] })
  })

  test('a folder of a volume, of the volume that it is in', () => {
    const mounts = [aMount({ source: '{{.Service.Name}}', subpath: 'data' })]
    const services = [called('a', { mounts }), called('b')]
    const drain = (path: string) =>
      outcomes(look({ nodes, services, tasks: [on('w1', 'a'), ran('b', path)] }).preview)
    expect(drain('{{.Service.Name}}:data')).toEqual({ a: ['fails'] })
    expect(drain('a:data')).toEqual({ a: ['moves'] })
  })
})

describe('a node that rejected the same spec', () => {
  const hour = 3_600_000
  const old = (node: string, fields: Partial<Task> = {}) =>
    on(node, 'app', {
      state: 'rejected',
      desired: 'shutdown',
      error: 'No such image: app:latest',
      createdAt: now - 2 * hour,
      ...fields,
    })
  const drain = (tasks: readonly Task[], spec = {}) =>
    look({ services: [called('app', spec)], tasks: [on('w1', 'app'), ...tasks] }).preview

  test('is none that it moves to: where all did, it fails there again', () => {
    const preview = drain([old('w2'), old('w3')])
    expect(preview.tasks).toMatchObject([
      {
        outcome: 'fails',
        why: 'Its last tasks on w2 and w3 were rejected: No such image: app:latest.',
      },
    ])
    expect(checkIds(preview)).toContain('fails-elsewhere')
  })

  test('is tried in vain: that harms where attempts are limited, or the room elsewhere', () => {
    expect(outcomes(drain([old('w2')]))).toEqual({ app: ['moves'] })
    const restart = { condition: 'any', delayNs: 0, maxAttempts: 3, windowNs: 0 } as const
    expect(drain([old('w2')], { restart }).tasks).toMatchObject([
      {
        outcome: 'fails',
        why: 'Its last task on w2 was rejected: No such image: app:latest. Its attempts are limited.',
      },
    ])
    const many = look({
      services: [called('app', { maxReplicasPerNode: 1 })],
      tasks: [on('w1', 'app', { slot: 1 }), on('w1', 'app', { slot: 2 }), old('w2')],
    })
    expect(many.preview.tasks).toMatchObject([
      {
        outcome: 'fails',
        why: expect.stringContaining('only w3 is left, with room for 1'),
      },
      { outcome: 'fails' },
    ])
  })

  test.each<[string, Partial<Task>]>([
    ['a task ran there', { state: 'shutdown', containerId: 'c', error: null }],
    ['a task of it came to start there', { state: 'failed', containerId: 'c' }],
  ])('counts no more once %s', (_, fields) => {
    const later = { ...fields, createdAt: now - hour }
    const earlier = { ...fields, createdAt: now - 3 * hour }
    const rejected = [old('w2'), old('w3')]
    expect(outcomes(drain([...rejected, old('w3', later)]))).toEqual({ app: ['moves'] })
    expect(outcomes(drain([...rejected, old('w3', earlier)]))).toEqual({ app: ['fails'] })
  })

  test.each<[string, Partial<Task>]>([
    ['of another spec', { upToDate: false }],
    ['for the labels of the node', { error: 'assigned node no longer meets constraints' }],
  ])('counts not if it was %s', (_, fields) => {
    const tasks = [old('w2', fields), old('w3', fields)]
    expect(outcomes(drain(tasks))).toEqual({ app: ['moves'] })
  })

  test('leaves no node, where none of the others is known to have its path', () => {
    const mounts = [aMount({ type: 'bind', source: '/srv/x' })]
    const known = on('w2', 'other', { containerId: 'c1', paths: ['/srv/x'] })
    const { preview } = look({
      services: [called('app', { mounts })],
      tasks: [on('w1', 'app'), known, old('w2')],
    })
    expect(preview.tasks).toMatchObject([
      {
        outcome: 'fails',
        why: 'Its last task on w2 was rejected: No such image: app:latest. It mounts /srv/x of its node, which is not known to exist on any of the others.',
      },
    ])
  })
})

describe('a network that is made from a configuration of each node', () => {
  const networks = [
    aNetwork({ id: 'a', driver: 'macvlan', configFrom: 'lan' }),
    aNetwork({ id: 'b', driver: 'macvlan', configFrom: 'lan' }),
    aNetwork({ id: 'c' }),
  ]
  const drain = (networkId: string, more: Partial<Task> = {}) =>
    look({
      nodes,
      networks,
      services: [
        called('app', {}, { networkIds: ['a'] }),
        called('other', {}, { networkIds: [networkId] }),
      ],
      tasks: [on('w1', 'app'), on('w2', 'other', { containerId: 'c1', ...more })],
    }).preview

  test('has it where a task ran on a network made from the same', () => {
    for (const id of ['a', 'b']) expect(outcomes(drain(id))).toEqual({ app: ['moves'] })
  })

  test('is not known to have it elsewhere', () => {
    expect(drain('c').tasks).toMatchObject([
      {
        outcome: 'fails',
        why: 'It needs the network configuration lan of its node, which is not known to exist on any other node.',
      },
    ])
    for (const more of [{ upToDate: false }, { containerId: null }]) {
      expect(outcomes(drain('a', more))).toEqual({ app: ['fails'] })
    }
  })
})
