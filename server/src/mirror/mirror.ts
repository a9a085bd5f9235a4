import type { Source } from '@skep/shared/contract/freshness'
import type { DockerApi } from '../docker/api.ts'
import { classify } from '../docker/errors.ts'
import type { ClusterState } from '../domain/state.ts'
import { clock } from './clock.ts'
import { type Diagnosis, diagnosis, mostTelling } from './diagnosis.ts'
import type { OpenWatch } from './feeds.ts'
import { pause } from './pause.ts'
import { follow } from './session.ts'
import { emptyState, withSwarm } from './swarm-facts.ts'

/** An engine that we may ask. Each must be a manager of the same swarm. */
export type Engine = { readonly api: DockerApi; readonly openWatch: OpenWatch | null }

export type ReadTimes = {
  /** When the swarm last answered with facts, in milliseconds; null before the first time. */
  readonly contactAt: number | null
  readonly readAt: Readonly<Record<Source, number | null>>
}

/**
 * The server's copy of the swarm. What it once knew it keeps, with its age, however long
 * the swarm is away: an empty list would be a lie.
 */
export type Mirror = {
  state(): ClusterState
  times(): ReadTimes
  /** The engine that is being followed now; for logs and other direct questions. */
  api(): DockerApi
  /** Called after each new state, and after a read that changed nothing. */
  onChange(listener: () => void): () => void
  /**
   * Sets how fast the time of a simulated swarm passes; of a real one nobody can.
   * @throws DockerError
   */
  setSpeed(speed: number): Promise<void>
  start(): void
  stop(): Promise<void>
}

type Log = {
  warn(details: object, message: string): void
  info(details: object, message: string): void
}

/**
 * The pause before trying again, in milliseconds: at once after the first failure, since
 * most are a connection gone stale; then a quarter of a second, doubling to two seconds:
 * an engine that is away costs thirty tries a minute, and is seen back within two seconds.
 */
export const pauseAfter = (failures: number) =>
  failures <= 1 ? 0 : Math.min(250 * 2 ** (failures - 2), 2_000)

/** A session that lasted this long, in milliseconds, had recovered. */
const steadyAfter = 10_000

/** @param engines in order of preference, at least one; the next is tried when one fails */
export function createMirror(engines: readonly [Engine, ...Engine[]], log: Log): Mirror {
  const stopping = new AbortController()
  const listeners = new Set<() => void>()
  let current: Engine = engines[0]
  let state = emptyState(current.api.endpoint)
  let times: ReadTimes = {
    contactAt: null,
    readAt: { nodes: null, services: null, tasks: null, networks: null, stored: null },
  }
  /** What is the matter with each engine that failed since one last answered. */
  const diagnoses = new Map<Engine, Diagnosis>()
  const unproven = new Map<string, number>()
  let running = Promise.resolve()

  const set = (next: ClusterState) => {
    state = next
    for (const listener of listeners) listener()
  }

  async function run() {
    let failures = 0
    let silent = false
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      current = engines[turn % engines.length] ?? engines[0]
      const session = new AbortController()
      const startedAt = Date.now()
      const signal = AbortSignal.any([stopping.signal, session.signal])
      const sink = {
        state: () => state,
        unproven,
        publish: (next: ClusterState, read: readonly Source[]) => {
          const now = Date.now()
          const readAt = Object.fromEntries(read.map((source) => [source, now]))
          times = { contactAt: now, readAt: { ...times.readAt, ...readAt } }
          if (silent) log.info({ engine: current.api.endpoint }, 'the swarm answers')
          silent = false
          diagnoses.clear()
          set(next)
        },
      }
      try {
        await follow(current.api, current.openWatch, sink, signal)
      } catch (error) {
        if (!stopping.signal.aborted) {
          // One that fails over and over right after its start is not well again each time.
          if (Date.now() - startedAt > steadyAfter) failures = 0
          failures += 1
          silent = true
          await say(error, failures)
        }
      } finally {
        session.abort()
      }
      await pause(pauseAfter(failures), stopping.signal)
    }
  }

  /**
   * One dropped connection is not news; what outlasts a second try is. With several engines
   * it is news when all of them have failed, or the word would change with each turn.
   */
  async function say(error: unknown, failures: number) {
    const failure = classify(error)
    if (failures === 1 && failure.kind === 'unreachable') return
    diagnoses.set(current, await diagnosis(failure, current.api))
    if (diagnoses.size < engines.length) return
    const found = mostTelling([...diagnoses.values()])
    const { state: swarmState, cause, endpoint } = found
    if (swarmState !== state.swarm.state || cause !== state.swarm.cause) {
      log.warn({ engine: endpoint, state: swarmState, cause }, 'no answer')
    }
    set(withSwarm(state, { ...state.swarm, endpoint, state: swarmState, cause }))
  }

  return {
    state: () => state,
    times: () => times,
    api: () => current.api,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setSpeed: async (speed) => {
      clock.follow(await current.api.setSimulatedSpeed(speed))
      set(withSwarm(state, { ...state.swarm, simulatedSpeed: clock.speed() }))
    },
    start: () => {
      running = run()
    },
    stop: () => {
      stopping.abort()
      return running
    },
  }
}
