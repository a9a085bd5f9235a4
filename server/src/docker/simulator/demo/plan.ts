import type { NodePlan } from '../node-plan.ts'

/**
 * How the story of the demo is written: what there is, and what happens when. Everything
 * that happened is told by how long ago, seen from the moment the doors open.
 */
export type Span = `${number} ${'s' | 'min' | 'h' | 'd'}`

const UNITS = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** In milliseconds. */
export function milliseconds(span: Span): number {
  const [count = '', unit = ''] = span.split(' ')
  const found = Object.entries(UNITS).find(([name]) => name === unit)
  if (!found) throw new Error(`${span} is no span of time.`)
  return Number(count) * found[1]
}

export type Machine = Omit<NodePlan, 'role'> & {
  role: 'manager' | 'worker'
  joined: Span
}

/** A text, or how long ago: that becomes a date. */
export type LabelText = string | { ago: Span }

export type StoredPlan = {
  name: string
  ago: Span
  labels?: Record<string, string>
}

export type ConfigPlan = StoredPlan & { content: string }

export type Stack = {
  name: string
  /** Beside its own default network. */
  networks?: string[]
  secrets?: StoredPlan[]
  configs?: ConfigPlan[]
  services: Record<string, ServicePlan>
  story: Act[]
}

/** A service in the words of a compose file, without the stack's name. */
export type ServicePlan = {
  image: string
  /** How many; one on each node; or a job of so many tasks, each to its end. */
  runs: number | 'everywhere' | { job: number }
  labels?: Record<string, LabelText>
  /** `node.role==worker` and the like. */
  where?: string[]
  /** A label of nodes to spread over: `node.labels.zone`. */
  spread?: string
  reserves?: { cpus?: number; gib?: number }
  limits?: { cpus?: number; gib?: number }
  /** `443:8443`, from outside to inside; `host` for ports of the node itself. */
  ports?: string[]
  portMode?: 'host'
  /** Volume, without the stack's name, to path. */
  volumes?: Record<string, string>
  /** Secret to the file that it is read as. */
  secrets?: Record<string, string>
  configs?: Record<string, string>
  env?: Record<string, string>
  user?: string
  /** A probe, and how often. */
  health?: { test: string; every: Span }
  networks?: string[]
  update?: Pace
  rollback?: Pace
  restart?: { on?: 'any' | 'on-failure' | 'none'; after?: Span; most?: number }
  grace?: Span
}

export type Pace = {
  atOnce?: number
  delay?: Span
  monitor?: Span
  order?: 'stop-first' | 'start-first'
  onFailure?: 'pause' | 'continue' | 'rollback'
  /** From 0 to 1. */
  failures?: number
}

/** What somebody does, or what happens. Services by their names within the stack. */
export type Deed =
  | { deploy: string }
  /** Deploys another tag of the image; of several, one after another, then again. */
  | { release: string; tags: readonly string[] }
  /** To so many replicas; of several numbers, one after another, then again. */
  | { scale: string; to: readonly number[] }
  /** Runs a job again. */
  | { run: string }
  /** The managers lose sight of a node for so long. */
  | { blink: string; lasting: Span }

/**
 * What happened once, or goes on happening: for the first time `after` the doors open, and
 * then about `every` so often.
 */
export type Act = Deed & ({ ago: Span } | { every: Span; after: Span })
