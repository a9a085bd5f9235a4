import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTls } from './certificates.ts'
import { EndpointError } from './endpoint.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skep-certs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (...files: string[]) => {
  for (const file of files) writeFileSync(join(folder, file), `<${file}>`)
}

test('all three files', () => {
  put('ca.pem', 'cert.pem', 'key.pem')
  expect(readTls(folder, true)).toEqual({
    ca: '<ca.pem>',
    client: { cert: '<cert.pem>', key: '<key.pem>' },
  })
})

test('an authority alone, or nothing where nothing is needed', () => {
  expect(readTls(folder, false)).toEqual({ ca: null, client: null })
  put('ca.pem')
  expect(readTls(folder, true)).toEqual({ ca: '<ca.pem>', client: null })
})

test('nothing where something is needed, or half a pair, is an error that says so', () => {
  expect(() => readTls(folder, true)).toThrow(EndpointError)
  expect(() => readTls(folder, true)).toThrow(`Let DOCKER_CERT_PATH name the folder`)
  put('ca.pem', 'key.pem')
  expect(() => readTls(folder, true)).toThrow('Put both there, or neither.')
})

test('a file that is there but cannot be read is no missing file', () => {
  expect(() => readTls(join(folder, 'x'.repeat(300)), false)).toThrow('cannot be read')
})
