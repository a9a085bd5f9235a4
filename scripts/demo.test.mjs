import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { isFree, urlOf } from './demo.mjs'

test.each([
  ['127.0.0.1', 'http://127.0.0.1:4310'],
  ['localhost', 'http://localhost:4310'],
  ['192.168.1.7', 'http://192.168.1.7:4310'],
  ['::1', 'http://[::1]:4310'],
  ['fd00::7', 'http://[fd00::7]:4310'],
  ['0.0.0.0', 'http://127.0.0.1:4310'],
  ['::', 'http://[::1]:4310'],
  ['', 'http://127.0.0.1:4310'],
])('a console that listens on %j is asked at %s', (host, url) => {
  expect(urlOf(host, 4310)).toBe(url)
  expect(URL.canParse(url)).toBe(true)
})

test('a port is free that nobody has on the address where the console listens', async () => {
  const other = createServer().listen(0, '127.0.0.2')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address()
  expect(await isFree('127.0.0.1', port)).toBe(true)
  expect(await isFree('127.0.0.2', port)).toBe(false)
})
