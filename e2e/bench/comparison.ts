import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { changesOf, driveService } from './drive.ts'
import type { Findings, Standing } from './figure.ts'
import { scaled } from './idle.ts'
import { loopServicePs, type Poller, pollEverything } from './pollers.ts'
import { openProxy } from './proxy.ts'
import { manager, type Setting, tidy } from './setting.ts'
import { type Lateness, lateness } from './sightings.ts'

type Contender = {
  name: string
  socket: string
  start: (socket: string, service: string) => Poller
}

const contenders: readonly Contender[] = [
  {
    name: '`docker service ps` of one service, 1 s loop',
    socket: 'service-ps.sock',
    start: loopServicePs,
  },
  {
    name: 'full polling, 1 s (dockersamples)',
    socket: 'full-polling.sock',
    start: pollEverything,
  },
]

/** What people use instead, on the same swarm: how late it is, and what it costs. */
export async function compare(setting: Setting): Promise<Findings> {
  const late = await latencies(setting)
  // One of each disturbs nobody; twenty at once would not keep their pace beside others.
  const one = await Promise.all(contenders.map((each) => cost(setting, each, 1)))
  await tidy(setting)
  const standings: Standing[] = []
  for (const [index, contender] of contenders.entries()) {
    const twenty = await cost(setting, contender, 20)
    await tidy(setting)
    standings.push({ who: contender.name, late: late[index], one: one[index], twenty })
  }
  return { figures: [], standings }
}

/** All of them watch the same changes of the same service. */
async function latencies(setting: Setting): Promise<Lateness[]> {
  const service = 'moving-rivals'
  const socket = setting.lab.socket(manager)
  const [span, pollers] = await driveService(setting, service, async () =>
    contenders.map(({ start }) => begun(setting, start(socket, service))),
  )
  await Promise.all(pollers.map((poller) => poller.stop()))
  const changes = await changesOf(setting, service, span)
  await tidy(setting)
  return pollers.map(({ sightings }) => lateness(changes, sightings))
}

/** What a number of viewers ask of the engine, and get, in a minute of a swarm at rest. */
async function cost(setting: Setting, { socket: name, start }: Contender, viewers: number) {
  const { lab, folder, measure, open } = setting
  const socket = join(folder, name)
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
  return traffic
}

/** Ended by `tidy` at the latest; what it failed of is told by whoever stops it before. */
function begun({ open }: Setting, poller: Poller): Poller {
  open.push(() => poller.stop().catch(() => {}))
  return poller
}
