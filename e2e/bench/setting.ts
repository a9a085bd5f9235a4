import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { Console } from '../console.ts'
import { type Engine, Lab } from '../lab/lab.ts'
import { launchBrowser } from './browser.ts'
import type { Measure } from './options.ts'
import { openReference, type Reference } from './reference.ts'

/** What all measurements share: one browser, and what is to be put away. */
export type Bench = {
  browser: Browser
  measure: Measure
  /** For sockets of our own. */
  folder: string
  /** What a measurement has opened and `tidy` will close, the last one first. */
  open: (() => Promise<unknown>)[]
}

/** And those on a real swarm: that swarm, and one clock. */
export type Setting = Bench & { lab: Lab; reference: Reference }

/** The manager that everything asks, and whose push feed is the reference. */
export const manager = 'm1'

/** Services that rest while others move, and their tasks: five of each. */
export const restingServices = 4
export const restingTasks = 5 * restingServices

/** Of the swarm's folder; the rest is our process id, so that two benches never share one. */
const prefix = 'skep-bench-'

export async function openBench(measure: Measure): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'skep-sockets-'))
  return { browser: await launchBrowser(), measure, folder, open: [] }
}

export async function closeBench(bench: Bench) {
  await tidy(bench)
  await bench.browser.close()
  await rm(bench.folder, { recursive: true, force: true })
}

/** Three managers, two workers, and the tasks at rest. */
export async function setUp(engine: Engine, bench: Bench): Promise<Setting> {
  await removeLeftovers()
  const dir = join(tmpdir(), `${prefix}${process.pid}`)
  const lab = await Lab.up({ managers: 3, workers: 2, engine, dir })
  try {
    await lab.images()
    for (let number = 1; number <= restingServices; number += 1) {
      await createService(lab, `resting-${number}`, 5)
    }
    const reference = await openReference(lab, manager)
    await reference.quiet(5_000)
    return { ...bench, lab, reference }
  } catch (error) {
    await lab.down()
    throw error
  }
}

/** The swarms of benches that were ended too roughly to take them down themselves. */
async function removeLeftovers() {
  for (const name of await readdir(tmpdir())) {
    const pid = name.match(`^${prefix}(\\d+)$`)?.[1]
    if (pid && !existsSync(`/proc/${pid}`)) await Lab.at(join(tmpdir(), name)).down()
  }
}

/** Ends what a measurement has begun, however far it came. */
export async function tidy({ open }: Pick<Bench, 'open'>) {
  for (const close of open.splice(0).reverse()) {
    await close().catch((error) => console.error(`while tidying up: ${error.message}`))
  }
}

export async function takeDown(setting: Setting) {
  await tidy(setting)
  setting.reference.close()
  await setting.lab.down()
}

/** A service of containers that do nothing. Settles before its tasks run. */
export async function createService(lab: Lab, name: string, replicas: number) {
  const quietly = ['--quiet', '--detach', '--no-resolve-image']
  const size = ['--replicas', `${replicas}`, '--update-parallelism', '2']
  const image = 'registry.lab:5000/demo/idle:v1'
  await lab.docker(manager, 'service', 'create', ...quietly, ...size, '--name', name, image)
}

/** How a console hears of changes: over the push feed, or without it. */
export type Hearing = 'push' | 'poll'

/**
 * Starts a console the way an operator runs it, and waits until what it shows is live. It
 * runs until `tidy`.
 */
export async function startConsole(
  { lab, open }: Setting,
  hearing: Hearing,
  socket = lab.socket(manager),
): Promise<Console> {
  const skep = await Console.prepare(consoleSettings(lab, hearing, socket))
  open.push(() => skep.stop())
  await skep.start()
  await skep.ready()
  const { swarm } = await skep.cluster()
  if ((swarm.feed === 'push') !== (hearing === 'push')) {
    throw new Error(`the console hears by ${swarm.feed}, not by ${hearing}`)
  }
  return skep
}

export function consoleSettings(lab: Lab, hearing: Hearing, socket = lab.socket(manager)) {
  return {
    NODE_ENV: 'production',
    SKEP_LOG_LEVEL: 'warn',
    DOCKER_HOST: `unix://${socket}`,
    SKEP_WATCH_SOCKET: hearing === 'push' ? lab.controlSocket(manager) : 'off',
  }
}
