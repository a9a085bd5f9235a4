import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageName, repositoryOf } from './image-name.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`

describe('repositoryOf', () => {
  test.each([
    { reference: 'postgres', repository: 'postgres' },
    { reference: 'postgres:16-alpine', repository: 'postgres' },
    { reference: `postgres:16@${digest}`, repository: 'postgres' },
    { reference: `postgres@${digest}`, repository: 'postgres' },
    { reference: 'library/postgres', repository: 'postgres' },
    { reference: 'docker.io/postgres', repository: 'postgres' },
    { reference: 'docker.io/library/postgres:16', repository: 'postgres' },
    { reference: 'index.docker.io/library/redis', repository: 'redis' },
    { reference: 'docker.io/bitnami/redis', repository: 'bitnami/redis' },
    { reference: 'public.ecr.aws/docker/library/mongo:7', repository: 'mongo' },
    { reference: 'ghcr.io/org/postgres', repository: 'org/postgres' },
    { reference: 'registry.example.com:5000/library/postgres', repository: 'postgres' },
    {
      reference: `registry.example.com:5000/library/postgres:16@${digest}`,
      repository: 'postgres',
    },
    { reference: 'REGISTRY.Example.COM/Team/App:V1', repository: 'team/app' },
    { reference: 'MyRegistry/app', repository: 'app' },
    { reference: 'localhost/web', repository: 'web' },
    { reference: 'localhost:5000/web', repository: 'web' },
    { reference: '127.0.0.1:5000/web:v2', repository: 'web' },
    { reference: '[2001:db8::1]:5000/web:v2', repository: 'web' },
    { reference: 'registry.corp/docker.io/library/postgres:16', repository: 'postgres' },
    { reference: 'registry.corp/quay.io/minio/minio', repository: 'minio/minio' },
    {
      reference: 'harbor.corp/proxy/library/postgres',
      repository: 'proxy/library/postgres',
    },
    { reference: 'gcr.io/a/b/c/d:e', repository: 'a/b/c/d' },
    { reference: 'acme/my.app:1', repository: 'acme/my.app' },
    { reference: ' redis:7 ', repository: 'redis' },
    { reference: '', repository: '' },
    { reference: digest, repository: 'sha256' },
    { reference: '/', repository: '/' },
    { reference: ':::', repository: '' },
    { reference: '@', repository: '' },
  ])('of $reference is $repository', ({ reference, repository }) => {
    expect(repositoryOf(reference)).toBe(repository)
  })

  const parts = fc.constantFrom(
    ...['a', 'B', '/', ':', '@', '.', 'library/', 'docker.io/', ' ', '[', 'é', 'İ', '5000'],
  )
  const hostile = fc.oneof(
    fc.string(),
    fc.array(parts).map((list) => list.join('')),
  )

  test('never throws, and does not change what it gave', () => {
    fc.assert(
      fc.property(hostile, (reference) => {
        const once = repositoryOf(reference)
        expect(repositoryOf(once)).toBe(once)
      }),
      { numRuns: 2000 },
    )
  })

  test.each(['a.b/', ':x', 'library/', '/', '@', 'A/'])(
    'is quick with a reference of a million times %s',
    (part) => {
      expect(repositoryOf(part.repeat(1_000_000)).length).toBeLessThan(2000)
    },
  )
})

describe('imageName', () => {
  test.each([
    { reference: 'redis', host: null, path: 'redis', tag: null },
    { reference: 'redis:7', host: null, path: 'redis', tag: '7' },
    { reference: `redis@${digest}`, host: null, path: 'redis', tag: null },
    { reference: 'a.b:1/c/d:E', host: 'a.b:1', path: 'c/d', tag: 'E' },
    { reference: 'localhost:5000/c', host: 'localhost:5000', path: 'c', tag: null },
    { reference: 'library/redis', host: null, path: 'library/redis', tag: null },
    { reference: 'redis:', host: null, path: 'redis', tag: null },
  ])('of $reference', ({ reference, ...parts }) => {
    expect(imageName(reference)).toEqual(parts)
  })
})
