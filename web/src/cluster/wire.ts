import type { Cluster } from '@skep/shared/contract/cluster'
import type { Patch } from '@skep/shared/contract/patch'
import type { Beat, Message } from './reception.ts'

/** The three kinds of frame on the stream. */
export type Kind = Message['kind']

/** Checks a value against the contract and throws if it does not meet it. */
export type Check = (kind: Kind, value: unknown) => void

let check: Check | null = null

/**
 * Has every frame checked against the contract from now on. For development and tests:
 * in production the types are trusted, for the server checked them already and a large
 * snapshot would be walked twice.
 */
export function checkFrames(by: Check | null) {
  check = by
}

/** Reads a frame; null if it is not even JSON. Throws where checks are on and fail. */
export function parseMessage(kind: Kind, data: string): Message | null {
  const value = parseJson(data)
  if (value === undefined) return null
  check?.(kind, value)
  switch (kind) {
    // The three assertions are the trust spoken of above.
    case 'snapshot':
      return { kind, cluster: value as Cluster }
    case 'patch':
      return { kind, patch: value as Patch }
    case 'beat':
      return { kind, beat: value as Beat }
  }
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
