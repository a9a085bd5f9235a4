import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

test('the swarm ends without a word when whoever started it goes while it tells its past', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'skep-main-'))
  const main = join(import.meta.dirname, 'main.ts')
  const swarm = spawn(process.execPath, [main, '--folder', folder], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  onTestFinished(() => {
    swarm.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  let said = ''
  swarm.stderr?.on('data', (part) => {
    said += part
  })
  swarm.stdout?.destroy()
  swarm.disconnect()
  expect(await once(swarm, 'exit')).toEqual([0, null])
  expect(said).toBe('')
}, 30_000)
