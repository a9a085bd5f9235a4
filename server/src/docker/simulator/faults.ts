import type { ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { Problem } from './api/problem.ts'
import type { Random } from './random.ts'

export const Fault = z.discriminatedUnion('kind', [
  /** Milliseconds of the real world, before the request is looked at. */
  z.strictObject({ kind: z.literal('latency'), ms: z.number().min(0).max(600_000) }),
  /** The connection ends without an answer. */
  z.strictObject({ kind: z.literal('drop') }),
  z.strictObject({
    kind: z.literal('error'),
    status: z.int().min(400).max(599),
    message: z.string(),
  }),
  z.strictObject({ kind: z.literal('garbage') }),
  /** The answer breaks off after so many bytes. */
  z.strictObject({ kind: z.literal('truncate'), bytes: z.int().min(0) }),
])
export type Fault = z.infer<typeof Fault>

export type FaultRule = {
  fault: Fault
  method?: string
  /** Without the version: `/^\/tasks/`. */
  path?: RegExp
  /** How many requests it meets, if not all. */
  times?: number
  /** How likely each is met, from 0 to 1. */
  probability?: number
}

/** What goes wrong between client and engine, when told to. */
export class Faults {
  readonly #random: Random
  readonly #rules = new Set<{ rule: FaultRule; left: number }>()

  constructor(random: Random) {
    this.#random = random
  }

  /** Answers how to take the rule back. */
  add(rule: FaultRule): () => void {
    const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY }
    this.#rules.add(entry)
    return () => this.#rules.delete(entry)
  }

  clear(): void {
    this.#rules.clear()
  }

  /** Whether the request has been answered, or is past answering. */
  async meet(method: string, path: string, response: ServerResponse): Promise<boolean> {
    for (const entry of [...this.#rules]) {
      const { rule } = entry
      if (rule.method && rule.method !== method) continue
      if (rule.path && !rule.path.test(path)) continue
      if (rule.probability !== undefined && this.#random.next() >= rule.probability)
        continue
      if (--entry.left <= 0) this.#rules.delete(entry)
      if (await inflict(rule.fault, response)) return true
    }
    return false
  }
}

async function inflict(fault: Fault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'latency':
      // It does not keep the process alive: whoever waits is cut off with it.
      await setTimeout(fault.ms, undefined, { ref: false })
      return false
    case 'drop':
      response.destroy()
      return true
    case 'error':
      throw new Problem(fault.status, fault.message)
    case 'garbage':
      response.setHeader('Content-Type', 'application/json')
      response.end('{"ID": "x", <<<')
      return true
    case 'truncate':
      truncate(response, fault.bytes)
      return false
  }
}

function truncate(response: ServerResponse, most: number): void {
  const write = response.write.bind(response)
  const end = response.end.bind(response)
  let left = most
  let isCut = false
  const cut = (chunk: unknown) => {
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk)
        : chunk instanceof Uint8Array
          ? chunk
          : null
    if (!bytes || isCut) return
    write(bytes.subarray(0, left))
    left -= bytes.length
    isCut = left <= 0
    if (isCut) setImmediate(() => response.destroy())
  }
  Object.assign(response, {
    write: (chunk: unknown) => {
      cut(chunk)
      return true
    },
    end: (chunk?: unknown) => {
      cut(chunk)
      return isCut ? response : end()
    },
  })
}
