import type { Random } from '../random.ts'

/** What a container does, from the image and from what its spec adds. Milliseconds. */
export type Behaviour = {
  /** Until the image is on a node that does not have it. */
  pull: number
  /** From the start of the container until its process runs. */
  start: number
  /** Absent: nothing checks it, so running is healthy. */
  health?: { after: number; ends: 'healthy' | 'unhealthy' }
  /** Absent: it runs until it is told to stop. `error`: the command cannot be run. */
  exit?: { after: number; code: number } | { error: string }
  /** From SIGTERM to the end; null: it does not listen, and is killed after the grace. */
  stop: { after: number; code: number } | null
  log: LogScript
}

/** The lines of a container: some when it begins, then one each `every` milliseconds. */
export type LogScript = {
  first: readonly LogLine[]
  every: number
  /** The line with this number, from 1. */
  next(number: number): LogLine
  last?: LogLine
}

export type LogLine = { text: string; stream: 'stdout' | 'stderr' }

/** What the swarm says when an image is not to be had: no image has this behaviour. */
export type ImageBehaviour = Behaviour | 'missing'

/** An ordinary program: it starts at once, runs, and ends soon after SIGTERM. */
export function ordinary(name: string, random: Random): Behaviour {
  return {
    pull: random.between(400, 1800),
    start: random.between(100, 250),
    stop: { after: random.between(900, 1300), code: 0 },
    log: chatter(name, Math.floor(random.between(0, 1000))),
  }
}

export function out(text: string): LogLine {
  return { text, stream: 'stdout' }
}

export function err(text: string): LogLine {
  return { text, stream: 'stderr' }
}

const PATHS = ['/', '/health', '/items', '/login', '/search?q=coffee', '/cart', '/items/17']

/** No two containers say the same at the same time. */
function chatter(name: string, offset: number): LogScript {
  return {
    first: [out(`${name}: starting`), out(`${name}: listening on :8080`)],
    every: 5000,
    next(count) {
      const number = count + offset
      const path = PATHS[(number * 5) % PATHS.length] ?? '/'
      if (number % 23 === 0) {
        return err(`${name}: warn: slow upstream, ${480 + (number % 9) * 31}ms for ${path}`)
      }
      return out(`${name}: GET ${path} 200 ${3 + ((number * 7) % 40)}ms`)
    },
  }
}
