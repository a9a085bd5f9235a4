import { MemoryError } from '../memory/errors.ts'

/** Why what a command is written down in does not answer; null where it does. */
export async function whyAway(asked: Promise<unknown>): Promise<string | null> {
  try {
    await asked
    return null
  } catch (error) {
    if (error instanceof MemoryError) return error.message
    throw error
  }
}
