import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isBuilt } from './built.mjs'

const products = ['server/dist/console.mjs', 'server/dist/main.mjs', 'web/dist/index.html']
const [before, then, after] = [1_000, 2_000, 3_000]

let root = ''
const write = (file, seconds) => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), '')
  utimesSync(join(root, file), seconds, seconds)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'skep-built-'))
  for (const file of products) write(file, then)
  for (const file of ['package.json', 'server/src/main.ts', 'web/src/ui/x/y.ts'])
    write(file, before)
})
afterEach(() => rmSync(root, { recursive: true }))

test('what is newer than its sources is built', () => {
  expect(isBuilt(root)).toBe(true)
})

test.each(products)('nothing is built without %s', (product) => {
  rmSync(join(root, product))
  expect(isBuilt(root)).toBe(false)
})

test.each([
  'package.json',
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'server/build.mjs',
  'server/package.json',
  'server/src/docker/watch.proto',
  'shared/package.json',
  'shared/src/contract/patch.ts',
  'web/compress.mjs',
  'web/index.html',
  'web/package.json',
  'web/public/first-paint.js',
  'web/src/ui/x/y.ts',
  'web/tsconfig.json',
  'web/vite.config.ts',
])('it is to be built again after a change of %s', (source) => {
  write(source, after)
  expect(isBuilt(root)).toBe(false)
})

test.each([
  'server/dist/watch.proto',
  'web/dist/assets/index.js.gz',
  'web/node_modules/.vite/x.json',
  'e2e/demo.e2e.ts',
])('but not after one of %s', (other) => {
  write(other, after)
  expect(isBuilt(root)).toBe(true)
})
