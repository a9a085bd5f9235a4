import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'

const keep = JSON.stringify(new URL('./keep.mjs', import.meta.url))

/** A process that keeps these, each a script of its own. */
function keeper(...scripts) {
  const commands = scripts.map((script) => [process.execPath, '-e', script])
  const source = `import(${keep}).then(({ keep }) => keep(...${JSON.stringify(commands)}))`
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 2] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended: once(child, 'exit').then(([code]) => code) }
}

const waits = 'setInterval(() => {}, 1000); console.log(process.pid)'
const pidOf = async ({ child }) => Number(String((await once(child.stdout, 'data'))[0]))
const isAlive = (pid) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test.each([0, 3])('a command that ends with %d', async (code) => {
  expect(await keeper(`process.exit(${code})`).ended).toBe(code)
})

test.each([
  ['SIGKILL', 137],
  ['SIGSEGV', 139],
  ['SIGTERM', 143],
])('a command that something else ends by %s has failed', async (signal, code) => {
  const kept = keeper(waits)
  process.kill(await pidOf(kept), signal)
  expect(await kept.ended).toBe(code)
})

test.each(['SIGINT', 'SIGTERM'])(
  'one that is interrupted by our %s has not',
  async (signal) => {
    const kept = keeper(waits)
    const pid = await pidOf(kept)
    kept.child.kill(signal)
    expect(await kept.ended).toBe(0)
    expect(isAlive(pid)).toBe(false)
  },
)

test('one that is told to end and is killed then has failed', async () => {
  const kept = keeper(
    `process.on('SIGTERM', () => process.kill(process.pid, 'SIGKILL'));${waits}`,
  )
  await pidOf(kept)
  kept.child.kill('SIGTERM')
  expect(await kept.ended).toBe(137)
})

test('of two, none outlives the other', async () => {
  const slowly = `process.on('SIGTERM', () => setTimeout(() => process.exit(0), 300));${waits}`
  const ends = `process.on('SIGUSR2', () => process.exit(4));${waits.replace('log(', "log('ends', ")}`
  const kept = keeper(slowly, ends)
  const told = { slow: 0, ends: 0 }
  for await (const line of createInterface(kept.child.stdout)) {
    const [pid, name = 'slow'] = line.split(' ').reverse()
    told[name] = Number(pid)
    if (told.slow && told.ends) break
  }
  process.kill(told.ends, 'SIGUSR2')
  expect(await kept.ended).toBe(4)
  expect(isAlive(told.slow)).toBe(false)
})
