/**
 * How long a page that was asked for may wait for what it shows, in milliseconds: shorter
 * than the wait is felt, longer than a list of thousands takes.
 */
export const briefly = 150

/**
 * Resolves once this work has come to its end, or has taken too long to be waited for. What
 * comes within that time is drawn at once, and the page not twice: first without it.
 */
export const inTime = (work: Promise<unknown>): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, briefly)
  void work.finally(() => {
    clearTimeout(timer)
    resolve()
  })
  return promise
}
