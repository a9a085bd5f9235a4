import { describe, expect, test } from 'vitest'
import { dataFolder } from './data-folder.ts'
import { folderHints } from './data-folder-hints.ts'
import { knownImages } from './images.ts'

const found = (name: string, command: string, environmentIn = {}, environment = ['X']) =>
  dataFolder(
    { name },
    {
      command: command.split(' '),
      environment: [...environment, ...Object.keys(environmentIn)],
      environmentIn,
    },
  )

test('hints are for products that are known', () => {
  const names = new Set(knownImages.map(({ name }) => name))
  expect([...folderHints.keys()].filter((name) => !names.has(name))).toEqual([])
})

describe('a command names the folder', () => {
  test.each([
    ['MySQL', 'mysqld --datadir=/db/', '--datadir=/db/', '/db'],
    ['MySQL', 'sh -c "mysqld --datadir /db"', '--datadir /db"', '/db'],
    ['PostgreSQL', 'postgres -D /pg', '-D /pg', '/pg'],
    ['PostgreSQL', 'postgres -c data_directory=/pg', '-c data_directory=/pg', '/pg'],
    ['MinIO', 'server /export', 'server /export', '/export'],
    ['MinIO', 'server --address :9000 --quiet /export', null, '/export'],
    ['CockroachDB', 'start --store=path=/c,size=1GB', '--store=path=/c', '/c'],
    ['SurrealDB', 'start rocksdb:/data/db', 'rocksdb:/data/db', '/data/db'],
    ['NATS', '-js -sd /js', '-sd /js', '/js'],
    ['TigerBeetle', 'start --addresses=3000 /t/0_0.tigerbeetle', null, '/t'],
    [
      'Prometheus',
      '--storage.tsdb.path=/tsdb --web.x',
      '--storage.tsdb.path=/tsdb',
      '/tsdb',
    ],
  ])('%s, by %s', (name, command, sign, path) => {
    expect(found(name, command)).toMatchObject({ path, ...(sign !== null && { sign }) })
  })

  test.each([
    ['MySQL', 'mysqld --datadir=data'],
    ['MySQL', 'mysqld --datadir=$DATA'],
    ['Prometheus', '--storage.tsdb.path=/p/{{.Task.Slot}}'],
  ])('%s, by %s, but it cannot be seen', (name, command) => {
    expect(found(name, command)).toMatchObject({ path: null })
  })

  test.each([
    ['MySQL', 'mysqld --innodb-datadirs=/x'],
    ['Redis', 'redis-server --tls-ca-cert-dir /x'],
    ['MinIO', 'server http://minio{1...4}/data'],
    ['nginx', 'nginx --data-dir /x'],
  ])('not of %s by %s', (name, command) => expect(found(name, command)).toBeNull())
})

describe('a variable names the folder', () => {
  test('in a mount', () => {
    const told = { sign: 'PGDATA', path: '/srv/pg' }
    expect(found('PostgreSQL', '', { PGDATA: '/srv/pg/' })).toEqual(told)
  })
  test('where it cannot be seen', () => {
    const told = { sign: 'PGDATA', path: null }
    expect(found('PostgreSQL', '', {}, ['PGDATA'])).toEqual(told)
  })
  test('unless the command does', () => {
    const told = { path: '/pg' }
    expect(found('PostgreSQL', 'postgres -D /pg', {}, ['PGDATA'])).toMatchObject(told)
  })
})

test('what must be told and is not keeps its data who knows where', () => {
  expect(found('etcd', 'etcd --name a')).toEqual({ sign: '', path: null })
})

test('takes no time over a hostile command', () => {
  const started = performance.now()
  for (const part of ['-', ' ', '/', 'server ', '--dir=', 'server --a a ', ' /', '-D ']) {
    for (const name of folderHints.keys()) found(name, part.repeat(5000))
  }
  expect(performance.now() - started).toBeLessThan(2000)
})
