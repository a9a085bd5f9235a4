import { classify, type DockerError } from '../docker/errors.ts'
import { pause } from './pause.ts'

/** Runs one subscription until it ends; calls `ready` once nothing can slip by any more. */
export type Subscribe = (ready: () => void, signal: AbortSignal) => Promise<void>

type Ears = {
  /** Listening: whatever happened before may have been missed, so read everything. */
  onReady: () => void
  /** No longer listening. */
  onLost: (error: DockerError) => void
}

/** Half a second, doubling to at most sixteen: four tries in the first eight seconds. */
const firstDelay = 500
const longestDelay = 16_000

/** One that ends sooner than this after it was ready had not recovered, in milliseconds. */
const steadyAfter = 10_000

/**
 * Keeps a subscription open until the signal aborts. Never throws: to lose a feed is no
 * reason to stop reading, only to read more often. Starting again is the same path as
 * starting.
 * @returns resolves when the subscription is ready for the first time, or has failed once
 */
export function keepSubscribed(subscribe: Subscribe, ears: Ears, signal: AbortSignal) {
  return new Promise<void>((settled) => {
    const run = async () => {
      let delay = firstDelay
      while (!signal.aborted) {
        let readyAt = Number.POSITIVE_INFINITY
        try {
          const ready = () => {
            readyAt = Date.now()
            ears.onReady()
            settled()
          }
          await subscribe(ready, signal)
          if (!signal.aborted) ears.onLost(classify(new Error('the stream ended')))
        } catch (error) {
          if (!signal.aborted) ears.onLost(classify(error))
        }
        settled()
        if (Date.now() - readyAt > steadyAfter) delay = firstDelay
        await pause(delay, signal)
        delay = Math.min(delay * 2, longestDelay)
      }
    }
    void run()
  })
}
