/** How long the code of a page is waited for before the page says so, in milliseconds. */
export const patience = 3_000

/**
 * How long a page that was asked for may wait for what it shows, in milliseconds: shorter
 * than the wait is felt, longer than a list of thousands takes. What comes within that time
 * is drawn at once, and the page not twice: first without it.
 */
export const briefly = 150

/** Resolves once this work has come to its end, good or bad, or has taken too long for it. */
export function settledOrLate(work: Promise<unknown>, most = patience): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const late = setTimeout(resolve, most)
  void work.catch(console.error).then(() => {
    clearTimeout(late)
    resolve()
  })
  return promise
}
