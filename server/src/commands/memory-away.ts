import { MemoryError } from '../memory/errors.ts'

/**
 * What the memory answers, or what stands in for it while the memory does not answer, with
 * the reason.
 */
export async function orAway<T>(
  asked: Promise<T>,
  otherwise: T,
): Promise<{ found: T; memoryAway: string | null }> {
  try {
    return { found: await asked, memoryAway: null }
  } catch (error) {
    if (error instanceof MemoryError) return { found: otherwise, memoryAway: error.message }
    throw error
  }
}

/** Why what a command is written down in does not answer; null where it does. */
export const whyAway = async (asked: Promise<unknown>): Promise<string | null> =>
  (await orAway(asked, null)).memoryAway
