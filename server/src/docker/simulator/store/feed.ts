import { forAll } from '../for-all.ts'
import type { Kind, Objects } from './objects.ts'

export type Change = {
  [K in Kind]: {
    kind: K
    action: 'create' | 'update' | 'remove'
    object: Objects[K]
    /** As it was before an update. */
    old: Objects[K] | null
    at: number
  }
}[Kind]

export type Listener = {
  change?(change: Change): void
  /** After all changes of one transaction were told. */
  committed?(): void
}

/**
 * Tells listeners of changes in order; what they change in turn is told after that. One that
 * breaks off keeps it from none of the others.
 */
export class Feed {
  readonly #told: (Change | 'committed')[] = []
  /** Replaced, not changed: a listener may leave while it is told. */
  #listeners: readonly Listener[] = []
  #isTelling = false

  listen(listener: Listener): () => void {
    this.#listeners = [...this.#listeners, listener]
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener)
    }
  }

  note(change: Change): void {
    this.#told.push(change)
  }

  /** The transaction is over: tells all that was noted, unless that is being done. */
  commit(): void {
    this.#told.push('committed')
    if (this.#isTelling) return
    this.#isTelling = true
    try {
      // It grows while it is gone through.
      forAll(this.#told, (news) =>
        forAll(this.#listeners, (listener) => {
          if (news === 'committed') listener.committed?.()
          else listener.change?.(news)
        }),
      )
    } finally {
      this.#told.length = 0
      this.#isTelling = false
    }
  }
}
