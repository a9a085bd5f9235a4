import type { Machine } from '../agent/machine.ts'
import type { Faults } from '../faults.ts'
import type { Pacemaker } from '../pacemaker.ts'
import type { Swarm } from '../swarm.ts'

/** A request to the engine of one node. */
export type Call = {
  readonly swarm: Swarm
  /** Whose engine was asked. */
  readonly nodeId: string
  readonly machine: Machine
  readonly pacemaker: Pacemaker
  readonly faults: Faults
  readonly method: string
  /** What stands for `{…}` in the route, decoded. */
  readonly params: readonly string[]
  readonly query: URLSearchParams
  readonly body: unknown
  /** Aborts when the client leaves. */
  readonly signal: AbortSignal
}

type Headers = Readonly<Record<string, string>>

export type Answer =
  | { kind: 'json'; status: number; body: unknown }
  /** JSON that was written before. */
  | { kind: 'text'; status: number; body: string; type?: string; headers?: Headers }
  | { kind: 'empty'; status: number }
  | { kind: 'stream'; type: string; begin(sink: Sink): () => void }

/** Where a stream is written to; `begin` answers how to stop writing. */
export type Sink = {
  write(bytes: Uint8Array | string): void
  end(): void
}

export type Handler = (call: Call) => Answer | Promise<Answer>

export function json(body: unknown, status = 200): Answer {
  return { kind: 'json', status, body }
}

export const EMPTY: Answer = { kind: 'empty', status: 200 }
export const NO_CONTENT: Answer = { kind: 'empty', status: 204 }

/** @see moby/moby daemon/server/httputils/form.go BoolValue */
export function flag(query: URLSearchParams, name: string): boolean {
  const value = (query.get(name) ?? '').trim().toLowerCase()
  return !['', '0', 'no', 'false', 'none'].includes(value)
}
