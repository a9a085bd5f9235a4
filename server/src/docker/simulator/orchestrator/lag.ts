import type { Clock } from '../clock.ts'

/** How long orchestrators take to see a change: an answer to a client comes before. */
const LAG = 5

/** Runs once, a moment after it was asked to, however often it is asked. */
export function lagging(clock: Clock, run: () => void): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    clock.schedule(LAG, () => {
      isDue = false
      run()
    })
  }
}
