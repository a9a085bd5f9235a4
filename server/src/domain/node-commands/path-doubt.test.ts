import { describe, expect, test } from 'vitest'
import { aMount } from '../entities.fixture.ts'
import type { Task } from '../state.ts'
import { called, look, m1, on, outcomes, w } from './node-commands.fixture.ts'

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
