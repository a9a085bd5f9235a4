import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import type { Figure, Findings } from '../figure.ts'
import { openProxy, type Traffic } from '../proxy.ts'
import type { Bench } from '../setting.ts'
import { firstPart } from './apps.ts'
import { warmUp } from './change-cost.ts'
import { amount } from './figures.ts'
import { costOf, mebibytes } from './process-cost.ts'
import { large } from './simulated-swarm.ts'
import { openConsole, openSwarm } from './stage.ts'
import { readStream } from './stream-reader.ts'
import type { Swarm } from './swarm.ts'

/** What somebody used in a time in which tasks change, scaled to a second. */
export type Use = {
  /** Milliseconds of processor time: his own, and the engine's. */
  cpu: number
  engine: number
  /** Bytes and calls that the engine served. */
  bytes: number
  calls: number
  resident: number
  /** That tasks reached. */
  states: number
}

/** Holds one of the console's sweeps, which come each half minute. In milliseconds. */
const window = 30_000

/**
 * How long until the next service is updated, in milliseconds: an update takes about three
 * times as long, so as many as at the beginning go on.
 */
const onward = 5_000

/** How much more may move for one than for the other, if they are to be compared. */
const alike = 0.15

export async function measurePolling(bench: Bench): Promise<Findings> {
  const swarm = await openSwarm(bench, large)
  return { figures: [await besidePolling(bench, swarm)], standings: [] }
}

/**
 * What people use instead, on the same swarm in the same motion: a dashboard that lists
 * nodes, services and tasks and rests for a second, with one tab; and the console with one.
 * Each is asked for behind a proxy that counts what the engine serves, in a window as long
 * as the other's, all of it in motion, once it has seen a few minutes of updates: both run for
 * weeks.
 */
export async function besidePolling(bench: Bench, swarm: Swarm): Promise<Figure> {
  const { folder, open } = bench
  const behind = async (name: string) => {
    const socket = join(folder, name)
    const proxy = await openProxy(swarm.socket, socket)
    open.push(proxy.close)
    return { socket, proxy }
  }

  const ours = await behind('console.sock')
  const skep = await openConsole(bench, swarm, { DOCKER_HOST: `unix://${ours.socket}` })
  const reader = await readStream(skep.url)
  const console = await used(swarm, skep.pid, ours.proxy.take, 1)
  reader.leave()
  await skep.stop()
  await swarm.rest()

  const theirs = await behind('polling.sock')
  const poller = fork(join(import.meta.dirname, 'poller-process.ts'), [theirs.socket])
  open.push(async () => {
    if (poller.exitCode === null) poller.kill('SIGKILL')
  })
  if (poller.pid === undefined) throw new Error('the poller did not start')
  poller.send('seen?')
  await once(poller, 'message')
  const polling = await used(swarm, poller.pid, theirs.proxy.take, 21)
  return figureOf(swarm.contents.tasks, console, polling)
}

async function used(
  swarm: Swarm,
  pid: number,
  take: () => Traffic,
  first: number,
): Promise<Use> {
  await warmUp(swarm)
  await swarm.rest()
  let number = first
  const roll = () => swarm.roll(firstPart(number++))
  for (let together = 0; together < 3; together += 1) await roll()
  take()
  const look = () => Promise.all([costOf(pid), costOf(swarm.pid), swarm.counts()])
  const before = await look()
  const until = performance.now() + window
  for (let left = window; left > 0; left = until - performance.now()) {
    await pass(Math.min(left, onward))
    if (left > onward) await roll()
  }
  const traffic = take()
  const after = await look()
  const seconds = window / 1_000
  const perSecond = (amount: number) => Math.round((amount / seconds) * 10) / 10
  return {
    cpu: perSecond(after[0].cpu - before[0].cpu),
    engine: perSecond(after[1].cpu - before[1].cpu),
    bytes: perSecond(traffic.bytes),
    calls: perSecond(traffic.calls),
    resident: after[0].resident,
    states: perSecond(after[2].states - before[2].states),
  }
}

/** Refused where more moved for one of them than for the other. */
export function figureOf(tasks: number, ours: Use, theirs: Use): Figure {
  const words = ({ cpu, engine, bytes, resident }: Use) =>
    `${Math.round(cpu)} ms CPU, ${amount(Math.round(bytes / 1024))} KiB, engine ${Math.round(engine)} ms, ${mebibytes(resident)}`
  const apart = Math.abs(ours.states / theirs.states - 1)
  // Where nothing moved, that is no number, and not alike.
  const isAlike = apart <= alike
  const verdict = isAlike
    ? ''
    : `; not comparable: ${ours.states} and ${theirs.states} task states a second`
  return {
    name: `a second of ${amount(tasks)} tasks in motion, 1 viewer`,
    target: 'below full polling',
    result: `${words(ours)}; full polling: ${words(theirs)}${verdict}`,
    reached: isAlike && ours.cpu < theirs.cpu && ours.bytes < theirs.bytes,
    data: { console: ours, polling: theirs },
  }
}
