/** How long the code of a page is waited for before the page says so, in milliseconds. */
export const patience = 3_000

/** Resolves once this work has come to its end, good or bad, or has taken too long for it. */
export const settledOrLate = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([
    work.catch(console.error),
    new Promise((resolve) => setTimeout(resolve, patience)),
  ])
