import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { changesOf, driveService } from './drive.ts'
import type { Findings, Standing } from './figure.ts'
import { scaled } from './idle.ts'
import { loopServicePs, type Poller, pollEverything } from './pollers.ts'
import { openProxy } from './proxy.ts'
import { manager, type Setting, tidy } from './setting.ts'
import { type Lateness, lateness } from './sightings.ts'

type Contender = { name: string; start: (socket: string, service: string) => Poller }

const contenders: readonly Contender[] = [
  { name: '`docker service ps` of one service, 1 s loop', start: loopServicePs },
  { name: 'full polling, 1 s (dockersamples)', start: pollEverything },
]

/** What people use instead, on the same swarm: how late it is, and what it costs. */
export async function compare(setting: Setting): Promise<Findings> {
  const late = await latencies(setting)
  const standings: Standing[] = []
  for (const [index, contender] of contenders.entries()) {
    const one = await cost(setting, contender, 1)
    const twenty = await cost(setting, contender, 20)
    const found = late[index]
    standings.push({ who: contender.name, one, twenty, ...(found && { late: found }) })
  }
  return { figures: [], standings }
}

/** All of them watch the same changes of the same service. */
async function latencies(setting: Setting): Promise<Lateness[]> {
  const service = 'moving-rivals'
  const pollers: Poller[] = []
  const span = await driveService(setting, service, async () => {
    const socket = setting.lab.socket(manager)
    for (const { start } of contenders) pollers.push(begun(setting, start(socket, service)))
  })
  await Promise.all(pollers.map((poller) => poller.stop()))
  const changes = await changesOf(setting, service, span)
  await tidy(setting)
  return pollers.map(({ sightings }) => lateness(changes, sightings))
}

/** What a number of viewers ask of the engine, and get, in a minute of a swarm at rest. */
async function cost(setting: Setting, { start }: Contender, viewers: number) {
  const { lab, folder, measure, open } = setting
  const socket = join(folder, 'rival.sock')
  const proxy = await openProxy(lab.socket(manager), socket)
  open.push(proxy.close)
  const pollers = Array.from({ length: viewers }, () =>
    begun(setting, start(socket, 'resting-1')),
  )
  await pass(3_000) // the first round of each
  proxy.take()
  await pass(measure.window)
  const traffic = scaled(proxy.take(), 60_000 / measure.window)
  await Promise.all(pollers.map((poller) => poller.stop()))
  await tidy(setting)
  return traffic
}

/** Ended by `tidy` at the latest; what it failed of is told by whoever stops it before. */
function begun({ open }: Setting, poller: Poller): Poller {
  open.push(() => poller.stop().catch(() => {}))
  return poller
}
