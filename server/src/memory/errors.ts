/** What keeps the console from remembering, in words that say what to do about it. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError'
}

/** The code that SQLite, PostgreSQL or the system gave an error; empty where it gave none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/** The words of an error; some, such as a refused connection, have only a code. */
export function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message || codeOf(error) || 'no reason given'
}
