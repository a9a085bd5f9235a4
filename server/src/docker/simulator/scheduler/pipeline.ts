import type { Task } from '../store/objects.ts'
import { FILTERS, type Filter } from './filters.ts'
import type { NodeInfo } from './node-info.ts'

/**
 * The filters that concern one task, and how many nodes each of them turned away since a
 * node last passed.
 * @see moby/swarmkit manager/scheduler/pipeline.go
 */
export class Pipeline {
  readonly #checks: { filter: Filter; check: (info: NodeInfo) => boolean; failed: number }[]

  constructor(task: Task) {
    this.#checks = FILTERS.flatMap((filter) => {
      const check = filter.for(task)
      return check ? [{ filter, check, failed: 0 }] : []
    })
  }

  passes(info: NodeInfo): boolean {
    for (const entry of this.#checks) {
      if (entry.check(info)) continue
      entry.failed++
      return false
    }
    for (const entry of this.#checks) entry.failed = 0
    return true
  }

  /** The most frequent reason first; ties in the order of the filters. */
  explain(): string {
    return this.#checks
      .filter(({ failed }) => failed > 0)
      .sort((a, b) => b.failed - a.failed)
      .map(({ filter, failed }) => filter.explain(failed))
      .join('; ')
  }
}
