import type { Millis } from './state.ts'

/**
 * A time in which tasks that had a node-local volume ran on one node. Times at rest are part
 * of it, as long as the volume was used nowhere else meanwhile.
 */
export type Stay = {
  readonly volume: string
  readonly nodeId: string
  /** Its host name then: a node that was removed has no other. */
  readonly node: string
  readonly from: Millis
  /** Null: it is there now. */
  readonly to: Millis | null
}

/** Where each service's node-local volumes were, by service id; newest first. */
export type Residency = ReadonlyMap<string, readonly Stay[]>
