import { setTimeout as pass } from 'node:timers/promises'
import { until } from '../../lab/lab.ts'
import { spreadOf } from '../spread.ts'
import { firstPart } from './apps.ts'
import { costOf } from './process-cost.ts'
import type { Stage } from './stage.ts'
import { readStream, type StreamReader } from './stream-reader.ts'
import type { Swarm } from './swarm.ts'

/** What one task costs that changes while all others rest. */
export type ChangeCost = {
  /** States that tasks reached while it was measured, and changes in all. */
  states: number
  changes: number
  /** Milliseconds of the server's processor time for each state, beyond what rest costs. */
  cpu: number
  /** The same of each turn, which tells how far they are apart. */
  turns: readonly number[]
  /** The same of a console that has just been started. */
  cold: number
  /** Bytes to each viewer for each state. */
  bytes: number
  patches: { n: number; p50: number; p95: number; max: number }
  /** Processor time at rest and in motion, in windows of one length, in milliseconds. */
  windows: { rest: number; motion: number }
}

/** So many services are updated at once, one task of each at a time. */
export const moving = 3

/** Updated between the two measurements, twice: some thousand states. */
const warming = 12

/** How often it is measured: a collection of garbage falls into one window, and not the next. */
const times = 3

/** The console reads everything each half minute: that is no part of a change. */
export const sweepEvery = 30_000

/** What a sweep may take, and what comes of it, in milliseconds. */
const sweepTakes = 1_500

/**
 * Rolling updates, one task at a time; what that costs the console beyond the same time at
 * rest, with one viewer. Measured twice: soon after its start, and when it has seen a few
 * minutes of updates, then as often as `times` says. Code that ran a few times only is slow, and
 * a console runs for weeks.
 */
export async function measureChanges(stage: Stage, window: number): Promise<ChangeCost> {
  const { swarm, skep } = stage
  const reader = await readStream(skep.url)
  try {
    // Not to be measured at all: what runs for the very first time.
    await roll(swarm, 1, moving)
    const cold = await measureOnce(stage, reader, window)
    await warmUp(swarm)
    const warm: Spent[] = []
    for (let turn = 0; turn < times; turn += 1) {
      warm.push(await measureOnce(stage, reader, window))
    }
    return { ...costIn(warm), cold: costIn([cold]).cpu }
  } finally {
    reader.leave()
  }
}

/** Has the console see a few minutes of updates; the last go on. */
export async function warmUp(swarm: Swarm): Promise<void> {
  for (const _turn of [1, 2]) {
    await swarm.rest()
    await roll(swarm, 1, warming)
  }
}

/** Updates the first parts of so many apps; settles once they have begun. */
export async function roll(swarm: Swarm, first: number, count: number): Promise<void> {
  for (let number = first; number < first + count; number += 1) {
    await swarm.roll(firstPart(number))
  }
}

/** What was used in two windows of one length, and what was to be told in the second. */
type Spent = Pick<ChangeCost, 'states' | 'changes' | 'windows'> & { patches: number[] }

/** Both windows lie between two sweeps of the console. */
async function measureOnce(
  { swarm, skep }: Stage,
  reader: StreamReader,
  window: number,
): Promise<Spent> {
  await swarm.rest()
  await untilSwept(reader)
  const rest = await spent(skep.pid, window)
  await roll(swarm, 1 + moving, moving)
  await pass(500)
  const before = await swarm.counts()
  const seen = reader.patches.length
  const motion = await spent(skep.pid, window)
  const after = await swarm.counts()
  return {
    states: after.states - before.states,
    changes: after.changes - before.changes,
    patches: reader.patches.slice(seen),
    windows: { rest, motion },
  }
}

function costIn(turns: readonly Spent[]): Omit<ChangeCost, 'cold'> {
  const sum = (of: (turn: Spent) => number) =>
    turns.reduce((total, turn) => total + of(turn), 0)
  const states = sum((turn) => turn.states)
  const windows = {
    rest: sum((turn) => turn.windows.rest),
    motion: sum((turn) => turn.windows.motion),
  }
  const patches = turns.flatMap((turn) => turn.patches)
  return {
    states,
    changes: sum((turn) => turn.changes),
    cpu: costOfState(windows, states),
    turns: turns.map((turn) => costOfState(turn.windows, turn.states)),
    bytes: patches.reduce((all, bytes) => all + bytes, 0) / states,
    patches: spreadOf(patches),
    windows,
  }
}

const costOfState = ({ rest, motion }: ChangeCost['windows'], states: number): number =>
  (motion - rest) / states

/** Waits until the next sweep is over. */
export async function untilSwept(reader: StreamReader): Promise<void> {
  const known = await until(() => reader.sweptAt, { what: 'a beat', timeout: 20_000 })
  const now = Date.now()
  const sweeps = Math.ceil((now - known) / sweepEvery)
  await pass(known + sweeps * sweepEvery + sweepTakes - now)
}

/** Milliseconds of processor time that a process uses within a time. */
async function spent(pid: number, window: number): Promise<number> {
  const { cpu } = await costOf(pid)
  await pass(window)
  return (await costOf(pid)).cpu - cpu
}
