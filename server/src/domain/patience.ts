import type { Millis } from './state.ts'

/** A call whose answer was lost has done its work by then, or never will. */
export const answerLostAfter: Millis = 60_000

/** An operation that gets nowhere ends after this long, motion or not. */
export const mostPatience: Millis = 30 * 60_000

/** How long a start may go without news: an image can be large. */
export const startPatience: Millis = 10 * 60_000
