import { setTimeout as pass } from 'node:timers/promises'
import { until } from '../../lab/lab.ts'
import { spreadOf } from '../spread.ts'
import { firstPart } from './apps.ts'
import { costOf } from './process-cost.ts'
import type { Stage } from './stage.ts'
import { readStream, type StreamReader } from './stream-reader.ts'

/** What one task costs that changes while all others rest. */
export type ChangeCost = {
  /** States that tasks reached while it was measured, and changes in all. */
  states: number
  changes: number
  /** Milliseconds of the server's processor time for each state, beyond what rest costs. */
  cpu: number
  /** Bytes to each viewer for each state. */
  bytes: number
  patches: { n: number; p50: number; p95: number; max: number }
  /** Processor time of the two windows, in milliseconds. */
  windows: { rest: number; motion: number }
}

/** So many services are updated at once, one task of each at a time. */
const moving = 3

/** The console reads everything each half minute: that is no part of a change. */
const sweepEvery = 30_000

/** What a sweep may take, and what comes of it, in milliseconds. */
const sweepTakes = 1_500

/**
 * Rolling updates, one task at a time; what that costs the console beyond the same time at
 * rest, with one viewer. Both windows lie between two sweeps of the console.
 */
export async function measureChanges(stage: Stage, window: number): Promise<ChangeCost> {
  const { swarm, skep } = stage
  const reader = await readStream(skep.url)
  try {
    const roll = async (first: number) => {
      for (let number = first; number < first + moving; number += 1) {
        await swarm.roll(firstPart(number))
      }
    }
    // What runs for the first time is slow: nobody's console is new with each change.
    await roll(1)
    await swarm.rest()
    await between(reader)

    const rest = await spent(skep.pid, window)
    await roll(1 + moving)
    await pass(500)
    const before = await swarm.counts()
    const seen = reader.patches.length
    const motion = await spent(skep.pid, window)
    const after = await swarm.counts()
    const patches = reader.patches.slice(seen)
    const states = after.states - before.states
    return {
      states,
      changes: after.changes - before.changes,
      cpu: (motion - rest) / states,
      bytes: patches.reduce((sum, bytes) => sum + bytes, 0) / states,
      patches: spreadOf(patches),
      windows: { rest, motion },
    }
  } finally {
    reader.leave()
  }
}

/** Waits until the next sweep is over. */
async function between(reader: StreamReader): Promise<void> {
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
