import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Console } from '../console.ts'
import { Lab } from '../lab/lab.ts'
import { Engine } from './engine.ts'
import { full } from './generate.ts'
import type { NodeName } from './scenario.ts'

export type TruthEngine = '20' | '26' | '28'

/** A swarm of one manager and four workers, a console on it, and a way past the console. */
export type Setting = {
  lab: Lab
  skep: Console
  swarm: Engine
  /** Each node's own engine: volumes and containers are known there alone. */
  nodes: ReadonlyMap<NodeName, Engine>
  /** Node names by id. */
  names: ReadonlyMap<string, NodeName>
  version: string
}

const prefix = 'skep-truth-'

/** @throws Error where the swarm or the console does not come up; nothing is left then */
export async function setUp(engine: TruthEngine): Promise<Setting> {
  const dir = join(tmpdir(), `${prefix}${engine}-${process.pid}`)
  const lab = await Lab.up({ managers: 1, workers: 4, engine, dir })
  try {
    await lab.images()
    const skep = await Console.prepare({
      DOCKER_HOST: `unix://${lab.socket('m1')}`,
      SKEP_WATCH_SOCKET: lab.controlSocket('m1'),
      SKEP_LOG_LEVEL: 'warn',
    })
    await skep.start()
    await skep.ready()
    return await settingOn(lab, skep, full.nodes)
  } catch (error) {
    await lab.down()
    throw error
  }
}

/** The same for a swarm and a console that are there already. */
export async function settingOn(
  lab: Lab,
  skep: Console,
  members: readonly NodeName[],
): Promise<Setting> {
  const nodes = new Map(members.map((node) => [node, new Engine(lab.socket(node))]))
  const swarm = new Engine(lab.socket('m1'))
  const names = new Map(
    (await swarm.nodes()).map(({ ID, Description }) => [ID, Description.Hostname]),
  )
  const about = (await swarm.ask('GET', '/version')) as { Version: string }
  return { lab, skep, swarm, nodes, names, version: about.Version }
}

/** Lets go of the sockets; the swarm goes on. */
export function close({ swarm, nodes }: Setting): void {
  for (const each of [swarm, ...nodes.values()]) each.close()
}

export async function takeDown(setting: Setting): Promise<void> {
  await setting.skep.stop()
  close(setting)
  await setting.lab.down()
}

/** Ends the swarms of runs that were ended too roughly to do it themselves. */
export async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.match(`^${prefix}\\d+-(\\d+)$`)?.[1]
    if (pid && !existsSync(`/proc/${pid}`)) await Lab.at(join(tmpdir(), name)).down()
  }
}
