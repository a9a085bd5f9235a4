import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import type { Cluster } from '@skep/shared/contract/cluster'
import { api } from '@skep/shared/paths'
import { Console } from '../console.ts'
import { type Findings, milliseconds } from './figure.ts'
import { consoleSettings, createService, manager, type Setting } from './setting.ts'
import { spreadOf } from './spread.ts'

const server = join(import.meta.dirname, '../../server/src/main.ts')
const services = 50
const nodes = 5

/** The process is started → what it shows is live: five nodes and fifty services. */
export async function measureStart(setting: Setting): Promise<Findings> {
  await fill(setting)
  const listening: number[] = []
  const live: number[] = []
  for (let run = 0; run < setting.measure.starts; run += 1) {
    const times = await startOnce(setting)
    listening.push(times.listening)
    live.push(times.live)
  }
  const found = spreadOf(live)
  const result = `${milliseconds(found.p50)} median, ${milliseconds(found.max)} max of ${found.n}`
  return {
    figures: [
      {
        name: 'start → first live snapshot, 5 nodes, 50 services',
        target: '≤ 1500 ms',
        result,
        reached: found.max <= 1_500,
        data: { live: found, listening: spreadOf(listening), runs: live.map(Math.round) },
      },
    ],
    standings: [],
  }
}

/** Most have no tasks: fifty services shall not need a hundred containers. */
async function fill({ lab, reference }: Setting) {
  const names = await lab.docker(manager, 'service', 'ls', '--format', '{{.Name}}')
  const missing = services - names.trim().split('\n').length
  for (let number = 1; number <= missing; number += 1) {
    await createService(lab, `small-${number}`, number <= 5 ? 1 : 0)
  }
  await reference.quiet(3_000)
}

async function startOnce({ lab }: Setting): Promise<{ listening: number; live: number }> {
  // Only for a free port: its own start looks ten times a second, which is too seldom here.
  const { port, url } = await Console.prepare({})
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(SKEP|DOCKER)_/.test(name),
  )
  const env = {
    ...Object.fromEntries(inherited),
    ...consoleSettings(lab, 'push'),
    SKEP_PORT: `${port}`,
  }
  const from = performance.now()
  // The same command as `npm start`.
  const child = spawn(process.execPath, ['--enable-source-maps', server], {
    env,
    stdio: 'inherit',
  })
  try {
    let listening: number | null = null
    for (;;) {
      const status = await statusOf(url + api.ready())
      const now = performance.now() - from
      if (status !== null) listening ??= now
      if (status === 200) {
        await verify(url)
        return { listening: listening ?? now, live: now }
      }
      if (child.exitCode !== null) throw new Error('the console ended while starting')
      if (now > 30_000) throw new Error('the console was not live after 30 s')
      await pass(5)
    }
  } finally {
    const exited = once(child, 'exit')
    if (child.exitCode === null && child.kill('SIGTERM')) await exited
  }
}

/** What is called live must hold everything, or it does not count. */
async function verify(url: string) {
  const answer = await fetch(url + api.cluster())
  const cluster = (await answer.json()) as Cluster // The console checks it against its schema.
  const seen = [Object.keys(cluster.nodes).length, Object.keys(cluster.services).length]
  if (seen[0] !== nodes || seen[1] !== services) {
    throw new Error(`the first snapshot holds ${seen[0]} nodes and ${seen[1]} services`)
  }
}

function statusOf(url: string): Promise<number | null> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? null)
    })
    request.on('error', () => resolve(null))
  })
}
