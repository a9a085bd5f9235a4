import { describe, expect, test } from 'vitest'
import { digest } from './commands.fixture.ts'
import { parseReference, pinned, referenceText } from './image-reference.ts'

const read = (text: string) => {
  const reference = parseReference(text)
  return typeof reference === 'string' ? `no: ${reference}` : referenceText(reference)
}

describe('references', () => {
  test.each([
    ['nginx', 'nginx:latest'],
    ['nginx:1.27', 'nginx:1.27'],
    ['library/nginx', 'nginx:latest'],
    ['docker.io/library/nginx:1', 'nginx:1'],
    ['docker.io/demo/web:1', 'demo/web:1'],
    ['registry.lab:5000/demo/web:v1', 'registry.lab:5000/demo/web:v1'],
    ['localhost/web', 'localhost/web:latest'],
    ['localhost:5000/web', 'localhost:5000/web:latest'],
    ['[::1]:5000/web', '[::1]:5000/web:latest'],
    ['REGISTRY/web:V1', 'REGISTRY/web:V1'],
    ['a__b/c--d/e.f:x_y-z', 'a__b/c--d/e.f:x_y-z'],
    [`demo/web@${digest('a')}`, `demo/web@${digest('a')}`],
    [`demo/web:v1@${digest('a')}`, `demo/web:v1@${digest('a')}`],
  ])('%s is %s', (text, is) => {
    expect(read(text)).toBe(is)
  })

  test.each([
    ['', 'no name'],
    [':v1', 'no name'],
    ['registry.lab:5000/', 'no name'],
    ['Web', 'lower case'],
    ['demo/Web:v1', 'lower case'],
    ['web:', 'is no tag'],
    ['web:.v1', 'is no tag'],
    [`web:${'x'.repeat(129)}`, 'is no tag'],
    ['web:v 1', 'is no tag'],
    ['web ', 'repository name'],
    ['-web', 'repository name'],
    ['web_', 'repository name'],
    ['a___b', 'repository name'],
    ['demo//web', 'repository name'],
    ['https://registry.lab/web', 'registry'],
    ['bad_.host:x/web', 'registry'],
    ['web@', 'digest'],
    ['web@sha256:abc', 'digest'],
    [`web@sha256:${'A'.repeat(64)}`, 'digest'],
    [`web@${digest('a')}@${digest('a')}`, 'more than one @'],
    ['a'.repeat(64), 'image id'],
    ['a/'.repeat(130).concat('a'), 'longer than 255'],
    ['web\n', 'repository name'],
  ])('%j is none: %s', (text, why) => {
    expect(read(text)).toContain('no: ')
    expect(read(text)).toContain(why)
  })

  test('pinned to the digest, the tag stays', () => {
    const reference = parseReference('web')
    expect(
      typeof reference === 'object' && referenceText(pinned(reference, digest('b'))),
    ).toBe(`web:latest@${digest('b')}`)
  })
})
