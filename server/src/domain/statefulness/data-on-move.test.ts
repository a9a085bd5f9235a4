import { describe, expect, test } from 'vitest'
import {
  aMount,
  aNode,
  aService,
  aSpec,
  aTask,
  byId,
  factsOf,
} from '../entities.fixture.ts'
import type { Stay } from '../residency.ts'
import type { Mount, Service, Task } from '../state.ts'
import { dataOnMove } from './data-on-move.ts'

const nodes = factsOf([aNode({ id: 'n1' }), aNode({ id: 'n2' }), aNode({ id: 'n3' })])

type More = {
  image?: string
  stays?: readonly Stay[]
  tasks?: readonly Task[]
  candidates?: readonly string[]
}

const moved = (mounts: readonly Partial<Mount>[], more: More = {}) => {
  const service: Service = aService({
    image: more.image ?? 'busybox',
    spec: aSpec({ mounts: mounts.map(aMount) }),
  })
  return dataOnMove(service, {
    nodes,
    tasks: byId(more.tasks ?? []),
    stays: more.stays ?? [],
    now: 0,
    from: 'n1',
    candidates: more.candidates ?? ['n2', 'n3'],
  })
}

const stay = (fields: Partial<Stay>): Stay => ({
  volume: 'data',
  nodeId: 'n2',
  node: 'n2',
  from: 0,
  to: 1,
  ...fields,
})

const socket = {
  type: 'bind',
  source: '/var/run/docker.sock',
  target: '/var/run/docker.sock',
}
const path = { type: 'bind', source: '/srv/x', target: '/x' }
const nfs = { filesystem: 'nfs', device: ':/x' }

describe('one mount', () => {
  test.each<[string, Partial<Mount>, string]>([
    ['a node-local volume', {}, 'starts-empty'],
    ['one that says local', { driver: 'local' }, 'starts-empty'],
    ['one that is only read', { readOnly: true }, 'starts-empty'],
    ['a folder of one', { subpath: 'a' }, 'starts-empty'],
    ['one for temporary files', { target: '/tmp' }, 'starts-empty'],
    ['one with a size', { options: ['size'] }, 'starts-empty'],
    ['an anonymous volume', { source: null }, 'starts-empty'],
    ['memory', { type: 'tmpfs', source: null }, 'starts-empty'],
    ['memory for sockets', { type: 'tmpfs', source: null, target: '/run' }, 'none'],
    ['a volume in memory', { filesystem: 'tmpfs', device: 'tmpfs' }, 'starts-empty'],
    ['NFS', nfs, 'keeps'],
    ['CIFS', { filesystem: 'cifs', device: '//nas/x' }, 'keeps'],
    [
      'NFS, another share on each node',
      { ...nfs, device: ':/{{.Node.ID}}' },
      'starts-empty',
    ],
    [
      'NFS by options of each node',
      { ...nfs, optionFields: ['{{.Node.ID}}'] },
      'starts-empty',
    ],
    [
      'NFS, another share for each task',
      { ...nfs, device: ':/{{.Task.ID}}' },
      'starts-empty',
    ],
    [
      'NFS, one for each slot by one name',
      { ...nfs, device: ':/{{.Task.Slot}}' },
      'unknown',
    ],
    [
      'NFS, one for each slot by its name',
      { ...nfs, device: ':/{{.Task.Slot}}', source: 'd-{{.Task.Slot}}' },
      'keeps',
    ],
    [
      'NFS, one for each slot by no name',
      { ...nfs, device: ':/{{.Task.Slot}}', source: null },
      'keeps',
    ],
    ['NFS by the address of its own node', { ...nfs, servedByNode: true }, 'unknown'],
    [
      'a shared driver by node and slot',
      { driver: 'vieux/sshfs', source: '{{.Node.Hostname}}-{{.Task.Slot}}' },
      'unknown',
    ],
    ['NFS of its own node', { filesystem: 'nfs', device: 'localhost:/x' }, 'unknown'],
    ['a path', path, 'unknown'],
    ['a path, only read', { ...path, readOnly: true }, 'none'],
    ['a socket', socket, 'none'],
    [
      'a path by the name of a volume',
      { filesystem: 'none', device: '/x', options: ['bind'] },
      'unknown',
    ],
    ['a disk', { filesystem: 'ext4', device: '/dev/sdb' }, 'unknown'],
    ['an unknown driver', { driver: 'acme' }, 'unknown'],
    ['a shared driver', { driver: 'rexray/efs:0.11' }, 'keeps'],
    ['a disk that one node has', { driver: 'rexray/ebs:0.11' }, 'unknown'],
    ['a disk of a cloud', { driver: 'hetznercloud/hcloud-volume' }, 'unknown'],
    [
      'a shared driver, other names on other nodes',
      { driver: 'rexray/efs', source: 'x-{{.Node.ID}}' },
      'unknown',
    ],
    ['a driver of the node', { driver: 'zfs' }, 'starts-empty'],
    ['a cluster volume', { type: 'cluster' }, 'unknown'],
    ['a volume per task', { source: 'x-{{.Task.ID}}' }, 'starts-empty'],
    ['a volume per task on NFS', { ...nfs, source: 'x-{{.Task.ID}}' }, 'keeps'],
  ])('%s', (_, mount, data) => expect(moved([mount]).data).toBe(data))

  test('nothing is told of a container without mounts', () => {
    expect(moved([], { image: 'nginx:1' })).toEqual({ data: 'none', why: null })
  })
  test('nor a risk made of an image that is not known, but that is said', () => {
    const { data, why } = moved([])
    expect(data).toBe('none')
    expect(why).toContain('cannot be told')
  })

  test('a database that keeps its data in its container loses it', () => {
    expect(moved([], { image: 'postgres:16' }).data).toBe('starts-empty')
  })
})

describe('of several mounts the worst is told', () => {
  test.each<[string, Partial<Mount>[], string]>([
    ['a volume and NFS', [nfs, {}], 'starts-empty'],
    ['a path and NFS', [path, nfs], 'unknown'],
    ['a path and a volume', [path, {}], 'starts-empty'],
    ['NFS and a socket', [socket, nfs], 'keeps'],
  ])('%s', (_, mounts, data) => expect(moved(mounts).data).toBe(data))
})

describe('an old copy elsewhere', () => {
  test('where the volume was before', () => {
    const { data, why } = moved([{}], { stays: [stay({})] })
    expect(data).toBe('other-data')
    expect(why).toContain('n2')
  })
  test('where a volume was that the template may stand for', () => {
    const stays = [stay({ volume: 'd-2' })]
    expect(moved([{ source: 'd-{{.Task.Slot}}' }], { stays }).data).toBe('other-data')
  })
  test('not where another volume was, nor on another node', () => {
    const stays = [stay({ volume: 'x' }), stay({ nodeId: 'n1', to: null })]
    expect(moved([{}], { stays }).data).toBe('starts-empty')
  })
  test('where another replica runs, or ran', () => {
    const task = { nodeId: 'n3', volumes: ['data'], containerId: 'c' }
    expect(moved([{}], { tasks: [aTask(task)] }).data).toBe('other-data')
    const ended = aTask({ ...task, state: 'failed', desired: 'shutdown' })
    expect(moved([{}], { tasks: [ended] }).data).toBe('other-data')
  })
  test('not where a task was rejected before it had a container', () => {
    const tasks = [aTask({ nodeId: 'n3', volumes: ['data'], state: 'rejected' })]
    expect(moved([{}], { tasks }).data).toBe('starts-empty')
  })
  test('an old copy is told of before what is gone for certain', () => {
    const both = [{ type: 'tmpfs', source: null, target: '/x' }, {}]
    expect(moved(both, { stays: [stay({})] }).data).toBe('other-data')
  })
})

describe('a share by the name of a volume that was of a node alone', () => {
  const of = (stays: readonly Stay[], more: More = {}) => moved([nfs], { stays, ...more })

  test('cannot be told where that node is left, or may take it', () => {
    for (const nodeId of ['n1', 'n2']) {
      const { data, why } = of([stay({ nodeId })])
      expect(data).toBe('unknown')
      expect(why).toContain(`data was a volume of ${nodeId} alone before`)
    }
    const named = { ...nfs, source: 'd-{{.Task.Slot}}' }
    expect(moved([named], { stays: [stay({ volume: 'd-2' })] }).data).toBe('unknown')
  })
  test('keeps for another name, another node, or on the very same one', () => {
    expect(of([stay({ volume: 'x' })]).data).toBe('keeps')
    expect(of([stay({ nodeId: 'n9' })]).data).toBe('keeps')
    expect(of([stay({ nodeId: 'n1' })], { candidates: [] }).data).toBe('keeps')
  })
  test('a driver of its own would not take the name of such a volume', () => {
    const other = moved([{ driver: 'rexray/efs' }], { stays: [stay({ nodeId: 'n1' })] })
    expect(other.data).toBe('keeps')
  })
})

describe('a task that no other node takes', () => {
  const candidates: string[] = []
  test('finds its volume again on the node that it left', () => {
    expect(moved([{}, path], { candidates }).data).toBe('keeps')
  })
  test('finds nothing of what goes with every task', () => {
    expect(moved([{}, { source: null }], { candidates }).data).toBe('starts-empty')
  })
})
