import { describe, expect, test } from 'vitest'
import { aMount, aService, aSpec } from '../entities.fixture.ts'
import type { Mount } from '../state.ts'
import { isNodeLocal, storageOf } from './storage.ts'

const storage = (image: string, ...mounts: Partial<Mount>[]) =>
  storageOf(aService({ image, spec: aSpec({ mounts: mounts.map(aMount) }) }))

const bind = (source: string, target = source, readOnly = false): Partial<Mount> => ({
  type: 'bind',
  source,
  target,
  readOnly,
})

describe('what of the node does not hold data', () => {
  test.each([
    ['/var/run/docker.sock'],
    ['/run/containerd/containerd.sock'],
    ['/var/run'],
    ['/proc'],
    ['/sys/fs/cgroup'],
    ['/dev/net/tun'],
    ['/etc/localtime'],
    ['/etc/ssl/certs/'],
    ['/etc/pki/ca-trust/extracted'],
    ['/etc/pki/tls/certs'],
    ['/lib/modules'],
    ['/var/lib/docker/containers'],
    ['/etc/nginx/nginx.conf'],
    ['/usr/local/etc/haproxy/haproxy.cfg'],
    ['/run/docker'],
    ['/var/run/dbus/system_bus_socket'],
    ['/dev/dri/renderD128'],
    ['/dev/ttyUSB0'],
    ['/dev/shm'],
    ['/usr/src/linux-headers-6.1'],
    ['/usr/lib/modules/6.1'],
  ])('%s', (path) => expect(storage('acme/x', bind(path))[0]?.holdsData).toBe(false))

  test.each([
    ['/srv/data'],
    ['/'],
    ['/dev/sdb'],
    ['/var/lib/docker/volumes/db/_data'],
    ['/etc/letsencrypt'],
    ['/etc/pki'],
    ['/etc/pki/ca'],
    ['/etc/ssl/private'],
    ['/etc/traefik/acme.json'],
    ['/srv/app/config.yml'],
    ['/var/log'],
    ['/home/x/socks'],
    ['/usr/src/minecraft/world'],
    ['/usr/lib/unifi/data'],
    ['/run/media/disk1'],
    ['/run/app'],
    ['/dev/vg0/lv0'],
    ['/dev/nbd0'],
    ['/dev/zd16'],
    ['/dev/bcache0'],
    ['/dev/mmcblk0p1'],
    ['/dev/shm/cachedb'],
    ['/etc/myapp/users.json'],
    ['/etc/myapp/list.txt'],
  ])('but %s may', (path) => {
    expect(storage('acme/x', bind(path))[0]?.holdsData).not.toBe(false)
    expect(storage('acme/x', bind(path, path, true))[0]?.holdsData).toBe(false)
  })
})

test.each([
  ['/etc/myapp/site.conf', '/data/site.conf'],
  ['/run/docker/x', '/app/data'],
  ['/usr/lib/modules/6.1', '/var/lib/x'],
  ['/var/lib/docker/volumes', '/backups'],
])('%s is data where it is put in a folder for it, as %s', (source, target) => {
  expect(storage('acme/x', bind(source, target))[0]?.holdsData).toBe(true)
})

test.each([
  ['/var/run/docker.sock', '/data/docker.sock'],
  ['/proc', '/host/data'],
])('%s is none, wherever it is put', (source, target) => {
  expect(storage('acme/x', bind(source, target))[0]?.holdsData).toBe(false)
})

describe('what nobody asked for', () => {
  test('a container has a layer, unless it is read-only', () => {
    expect(storage('acme/x')).toMatchObject([{ kind: 'container-layer', holdsData: null }])
    expect(storageOf(aService({ spec: aSpec({ readOnlyRoot: true }) }))).toEqual([])
  })
  test('an image may make a volume, unless something is mounted just there', () => {
    const path = '/var/lib/postgresql/data'
    expect(storage('postgres:16')).toMatchObject([
      { kind: 'anonymous', target: path, holdsData: true },
      { kind: 'container-layer', holdsData: false },
    ])
    const exact = storage('postgres:16', { source: 'pg', target: `${path}/` })
    expect(exact.map(({ kind, holdsData }) => [kind, holdsData])).toEqual([
      ['local-volume', true],
      ['container-layer', false],
    ])
  })
  test('a mount above it does not keep it from being made', () => {
    const above = storage('postgres:16', { source: 'pg', target: '/var/lib/postgresql' })
    expect(above.map(({ kind, holdsData }) => [kind, holdsData])).toEqual([
      ['local-volume', true],
      ['anonymous', null],
      ['container-layer', false],
    ])
  })
})

describe('whether a mount is another one on every node', () => {
  test.each<[Partial<Mount>, boolean | null]>([
    [{}, true],
    [{ driver: 'local' }, true],
    [{ source: null }, true],
    [{ type: 'tmpfs' }, true],
    [{ source: '{{.Task.Slot}}' }, true],
    [{ filesystem: 'nfs4', device: ':/x' }, false],
    [{ filesystem: 'nfs4', device: ':/{{.Node.Hostname}}' }, true],
    [{ filesystem: 'nfs4', device: ':/x', servedByNode: true }, null],
    [{ filesystem: 'nfs4', device: ':/{{.Task.Slot}}' }, null],
    [{ driver: 'vieux/sshfs' }, false],
    [{ filesystem: 'none', device: '/x' }, null],
    [{ driver: 'acme' }, null],
    [{ type: 'bind', source: '/x' }, null],
    [{ type: 'cluster' }, null],
  ])('%j: %s', (mount, told) => expect(isNodeLocal(aMount(mount))).toBe(told))
})

test('a template gives every task its own, or all the same', () => {
  const perTask = (source: string) => storage('acme/x', { source })[0]?.perTask
  expect(perTask('d-{{.Task.Slot}}')).toBe(true)
  expect(perTask('d-{{.Task.Name}}')).toBe(true)
  expect(perTask('d-{{.Service.Name}}')).toBe(false)
  expect(perTask('d-{{.Node.Hostname}}')).toBe(false)
})
