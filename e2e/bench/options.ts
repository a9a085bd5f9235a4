import { parseArgs } from 'node:util'
import type { Engine } from '../lab/lab.ts'

/** The parts of the bench on a real swarm, in the order in which they run. */
export const realParts = [
  'load',
  'idle',
  'latency',
  'comparison',
  'start',
  'journal',
  'drain',
  'stored',
] as const
export type RealPart = (typeof realParts)[number]

/** Those on a real swarm of their own, which they fill with thousands of tasks; after those. */
export const filledParts = ['real-scale'] as const
export type FilledPart = (typeof filledParts)[number]

/** Those on a simulated one, last. */
export const simulatedParts = [
  'scale',
  'scroll',
  'polling',
  'storm',
  'churn',
  'profile',
] as const
export type SimulatedPart = (typeof simulatedParts)[number]

export type Part = RealPart | FilledPart | SimulatedPart
const parts: readonly Part[] = [...realParts, ...filledParts, ...simulatedParts]

/** What is measured where nothing is named: what takes longest, or is no figure, is not. */
const usual: readonly Part[] = [
  ...realParts,
  ...simulatedParts.filter((part) => part !== 'profile'),
]

/** How long, and how often, things are measured. */
export type Measure = {
  /** Length of a window in which calls are counted, in milliseconds. */
  window: number
  /** Task state changes to see before a latency is believed. */
  changes: number
  /** The longest that those changes may take, in milliseconds. */
  patience: number
  /** How many times the console is started. */
  starts: number
  /** Rows of the journal out of which a page is read. */
  rows: number
  /** How many times each list is gone through, from a page that has read nothing. */
  rounds: number
  /** Lengths of what is measured among thousands of tasks. */
  scale: ScaleMeasure
}

export type ScaleMeasure = {
  /** Of a window in which one task after another changes, in milliseconds. */
  motion: number
  /** How many times the console is started, and its page opened. */
  openings: number
  /** Of the scrolling, in milliseconds. */
  scroll: number
  /** In milliseconds. */
  storm: number
  /** Changes of tasks. */
  churn: number
}

export type Options = {
  real: readonly RealPart[]
  filled: readonly FilledPart[]
  simulated: readonly SimulatedPart[]
  engine: Engine
  quick: boolean
  /** Name of the file in `bench/` that keeps the report. */
  into: string
} & Measure

const full: Measure = {
  window: 60_000,
  changes: 240,
  patience: 120_000,
  starts: 9,
  rows: 1_000_000,
  rounds: 24,
  scale: {
    motion: 12_000,
    openings: 5,
    scroll: 15_000,
    storm: 60_000,
    churn: 1_000_000,
  },
}
const brief: Measure = {
  window: 15_000,
  changes: 60,
  patience: 60_000,
  starts: 3,
  rows: 100_000,
  rounds: 4,
  scale: {
    motion: 5_000,
    openings: 2,
    scroll: 5_000,
    storm: 10_000,
    churn: 100_000,
  },
}
const engines: readonly Engine[] = ['20', '26', '28', 'mixed']

/** @throws Error that names the option which is wrong */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: usual.join(',') },
      engine: { type: 'string', default: '28' },
      quick: { type: 'boolean', default: false },
      into: { type: 'string', default: 'latest' },
    },
  })
  const asked = values.only.split(',')
  const strange = asked.find((name) => !parts.some((part) => part === name))
  if (strange !== undefined) {
    throw new Error(`--only ${strange} is not known. Take some of ${parts.join(', ')}.`)
  }
  const engine = engines.find((each) => each === values.engine)
  if (!engine) {
    throw new Error(
      `--engine ${values.engine} is not known. Take one of ${engines.join(', ')}.`,
    )
  }
  const { into, quick } = values
  if (!/^[a-z]+(-[a-z]+)*$/.test(into)) {
    throw new Error(`--into ${into} is no name of small letters.`)
  }
  const real = realParts.filter((part) => asked.includes(part))
  const filled = filledParts.filter((part) => asked.includes(part))
  const simulated = simulatedParts.filter((part) => asked.includes(part))
  return { real, filled, simulated, engine, quick, into, ...(quick ? brief : full) }
}
