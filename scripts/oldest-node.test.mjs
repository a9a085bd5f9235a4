import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'

// The server's, who is built with it: nothing else here needs it.
const { transformSync } = createRequire(new URL('../server/package.json', import.meta.url))(
  'esbuild',
)

/** The oldest Node that finds the way to the pinned one. */
const oldest = 'node12.22'

const code = readFileSync(new URL('./run.mjs', import.meta.url), 'utf8')

/** Where the oldest cannot read it, esbuild says it in older words, or that it cannot. */
const said = (source, target) => transformSync(source, { format: 'esm', target }).code

test('an old Node can read the door to every task', () => {
  expect(said(code, oldest)).toBe(said(code, 'esnext'))
})

test.each(['a ?? b', 'a?.b', 'a ??= b'])(
  'it would be seen that it cannot read %s',
  (newer) => {
    expect(said(newer, oldest)).not.toBe(said(newer, 'esnext'))
  },
)

test('it would be seen that it cannot wait at the top', () => {
  expect(() => said('await a', oldest)).toThrow('Top-level await')
})

test('nothing of ours is read before the new Node runs', () => {
  const imported = [...code.matchAll(/^import .* from '(.+)'$/gm)].map(([, from]) => from)
  expect(imported).not.toHaveLength(0)
  expect(imported.filter((from) => !from.startsWith('node:'))).toEqual([])
})
