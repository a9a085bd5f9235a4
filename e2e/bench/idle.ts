import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { api, pages } from '@skep/shared/paths'
import type { Console } from '../console.ts'
import { type Figure, type Findings, kibibytes, us } from './figure.ts'
import { type CountingProxy, openProxy, type Traffic } from './proxy.ts'
import {
  type Hearing,
  manager,
  restingTasks,
  type Setting,
  startConsole,
} from './setting.ts'
import { inviteViewers } from './viewers.ts'

/** What is left of start and of page loads after this long is not there, in milliseconds. */
const settling = 10_000

/**
 * A window cuts off one round of reads at its edge, or does not: that much two windows of
 * the same traffic may differ. The largest round is a sweep.
 */
const edge = 4

type Subject = { proxy: CountingProxy; skep: Console }

/**
 * What a swarm at rest costs: calls and bytes at a counting proxy, with one viewer and with
 * twenty, and the memory of the server. The console with the push feed and the one without
 * it are measured side by side, each behind a proxy of its own.
 */
export async function measureIdle(setting: Setting): Promise<Findings> {
  const subjects = [await begin(setting, 'push'), await begin(setting, 'poll')] as const
  const [push] = subjects
  await setting.reference.quiet(settling)
  const tasks = Object.values((await push.skep.cluster()).services).flatMap(
    ({ slots }) => slots,
  )
  if (tasks.length !== restingTasks) throw new Error(`there are ${tasks.length} tasks`)

  const one = await count(subjects, setting)
  const memory = await memoryOf(push.skep.pid)
  for (const { skep } of subjects) {
    const crowd = await inviteViewers(skep.url, 19)
    setting.open.push(crowd.leave)
  }
  await setting.reference.quiet(settling)
  const twenty = await count(subjects, setting)
  const figures = [
    callsFigure('calls a minute, idle, push feed', 30, one.push, twenty.push),
    callsFigure('calls a minute, idle, without it', 60, one.poll, twenty.poll),
    bytesFigure(one.poll, twenty.poll),
    memoryFigure(memory),
  ]
  const standings = (['push', 'poll'] as const).map((hearing) => ({
    who: us[hearing],
    one: one[hearing],
    twenty: twenty[hearing],
  }))
  return { figures, standings }
}

async function begin(setting: Setting, hearing: Hearing): Promise<Subject> {
  const { lab, folder, browser, open } = setting
  const socket = join(folder, `${hearing}.sock`)
  const proxy = await openProxy(lab.socket(manager), socket)
  open.push(proxy.close)
  const skep = await startConsole(setting, hearing, socket)
  const page = await browser.newPage()
  open.push(() => page.close())
  await Promise.all([
    page.waitForResponse((answer) => new URL(answer.url()).pathname === api.stream()),
    page.goto(skep.url + pages.now()),
  ])
  return { proxy, skep }
}

async function count(
  [push, poll]: readonly [Subject, Subject],
  { measure, reference }: Setting,
): Promise<Record<Hearing, Traffic>> {
  push.proxy.take()
  poll.proxy.take()
  const before = reference.changes.length
  await pass(measure.window)
  const moved = reference.changes.length - before
  if (moved > 0) throw new Error(`the swarm was not at rest: ${moved} tasks changed`)
  const minute = 60_000 / measure.window
  return {
    push: scaled(push.proxy.take(), minute),
    poll: scaled(poll.proxy.take(), minute),
  }
}

export const scaled = ({ calls, bytes, byPath }: Traffic, factor: number): Traffic => ({
  calls: Math.round(calls * factor),
  bytes: Math.round(bytes * factor),
  byPath,
})

function callsFigure(name: string, most: number, one: Traffic, twenty: Traffic): Figure {
  const equal = Math.abs(one.calls - twenty.calls) <= edge
  return {
    name,
    target: `≤ ${most}, equal for 1 and 20 viewers`,
    result: `${one.calls} and ${twenty.calls}`,
    reached: one.calls <= most && twenty.calls <= most && equal,
    data: { one, twenty, equalWithin: edge },
  }
}

function bytesFigure(one: Traffic, twenty: Traffic): Figure {
  const most = 400 * 1024
  return {
    name: `bytes a minute, idle, without it, ${restingTasks} tasks`,
    target: '≤ 400 KiB',
    result: `${kibibytes(one.bytes)} and ${kibibytes(twenty.bytes)} (1 and 20 viewers)`,
    reached: one.bytes <= most && twenty.bytes <= most,
    data: { one: one.bytes, twenty: twenty.bytes },
  }
}

type Memory = { resident: number; peak: number }

function memoryFigure({ resident, peak }: Memory): Figure {
  const mebibytes = (kib: number) => `${Math.round(kib / 1024)} MiB`
  return {
    name: 'server RSS, idle, 1 viewer',
    target: '≤ 130 MiB',
    result: `${mebibytes(resident)} (peak since its start ${mebibytes(peak)})`,
    reached: resident <= 130 * 1024,
    data: { residentKib: resident, peakKib: peak },
  }
}

/** In KiB, as the kernel counts them. */
async function memoryOf(pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => {
    const value = status.match(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm'))?.[1]
    if (value === undefined) throw new Error(`/proc/${pid}/status tells no ${name}`)
    return Number(value)
  }
  return { resident: field('VmRSS'), peak: field('VmHWM') }
}
