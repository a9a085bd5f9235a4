import { readFile } from 'node:fs/promises'
import { setTimeout as pass } from 'node:timers/promises'

/** What a process has used of the machine, as the kernel counts it. */
export type Cost = {
  /** Milliseconds of processor time since its start, of all its threads. */
  cpu: number
  /** KiB. */
  resident: number
  /** The most that it ever was resident, or since `forgetPeak`. */
  peak: number
}

/** The kernel's unit of processor time, `getconf CLK_TCK`: the same on every Linux. */
const tick = 10

/** @throws Error when there is no such process */
export async function costOf(pid: number): Promise<Cost> {
  const [stat, status] = await Promise.all(
    ['stat', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
  )
  // The name before the last bracket may hold blanks; utime and stime are 14 and 15.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  const field = (name: string) => {
    const value = status?.match(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm'))?.[1]
    if (value === undefined) throw new Error(`/proc/${pid}/status tells no ${name}`)
    return Number(value)
  }
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) * tick,
    resident: field('VmRSS'),
    peak: field('VmHWM'),
  }
}

export const mebibytes = (kib: number): string => `${Math.round(kib / 1024)} MiB`

/** How often memory is looked at, in milliseconds. */
const look = 250

/** The most that is resident within a time, what is at its end, and the most ever. In KiB. */
export async function watchMemory(pid: number, window: number) {
  const until = performance.now() + window
  let most = 0
  for (;;) {
    const { resident, peak } = await costOf(pid)
    most = Math.max(most, resident)
    if (performance.now() >= until) return { most, last: resident, peak }
    await pass(look)
  }
}
