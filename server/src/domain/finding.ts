import type { Verdict } from '@skep/shared/contract/service'
import type { Millis } from './state.ts'

/** A verdict on a service and the reasons for it. */
export type Finding = {
  readonly verdict: Verdict
  readonly sentence: string
  /** When the verdict became true, as far as the facts tell. */
  readonly since: Millis | null
  readonly stableAt?: Millis
  /** The swarm's own words, unedited. */
  readonly cause?: string | null
  /** Id of the task that the swarm names as the cause. */
  readonly culprit?: string | null
  /** Instants at which the same facts may lead to another verdict. */
  readonly turns?: readonly Millis[]
}
