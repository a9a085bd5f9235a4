import type { Check } from '@skep/shared/contract/preview'
import type { AnyPreview } from '@skep/shared/contract/problem'

type Refused = {
  /** HTTP status. */
  status: number
  /** Stable, for programs. */
  code: string
  /** What happened, in one sentence. */
  title: string
  /** What to do about it. */
  next: string
  /** The words of whatever refused, where there are any. */
  detail?: string
  /** The preview as it is now, where the one that was answered is outdated. */
  preview?: AnyPreview
  /** What stands in the way. */
  checks?: Check[]
}

/** A refusal that a person can act on: thrown here and in routes, sent by the one handler. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly refused: Refused

  constructor(refused: Refused) {
    super(refused.title)
    this.refused = refused
  }
}
