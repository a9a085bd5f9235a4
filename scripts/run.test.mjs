import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const run = fileURLToPath(new URL('./run.mjs', import.meta.url))

/** The door, with an npx that finds a `node` which does this. */
function endedBy(command) {
  const folder = mkdtempSync(join(tmpdir(), 'skep-run-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (name, line) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  write('npx', `echo '${folder}'`)
  write('node', command)
  const { SKEP_TOOLS: _, SKEP_RERUN_BY: __, ...inherited } = process.env
  const env = { ...inherited, PATH: `${folder}:/usr/bin:/bin` }
  return spawnSync(process.execPath, [run, 'start'], { env, encoding: 'utf8' }).status
}

test.each([
  ['exit 0', 0],
  ['exit 3', 3],
  ['kill -INT $$', 130],
  ['kill -TERM $$', 143],
  ['kill -KILL $$', 137],
  ['kill -SEGV $$', 139],
])('a task that ends with `%s` ends the door with %d', (command, code) => {
  expect(endedBy(command)).toBe(code)
})
