import type { Change } from '../store/feed.ts'
import type { World } from '../world.ts'

/** How long orchestrators take to see a change: an answer to a client comes before. */
const LAG = 5

type Orchestrator = {
  readonly hear: (change: Change) => void
  /** Whether what was heard asks for anything to be done. */
  readonly isDue: () => boolean
  readonly tick: () => void
}

/** Has an orchestrator hear each change at once, and act on all a moment after the first. */
export function afterChanges({ store, clock }: World, orchestrator: Orchestrator): void {
  let isAwaited = false
  store.listen({
    change: orchestrator.hear,
    committed: () => {
      if (isAwaited || !orchestrator.isDue()) return
      isAwaited = true
      clock.schedule(LAG, () => {
        isAwaited = false
        orchestrator.tick()
      })
    },
  })
}
