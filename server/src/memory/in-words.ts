import { codeOf, MemoryError, wordsOf } from './errors.ts'

/**
 * The same functions, of which a failure of the database is told as what it is to whoever
 * called: the memory is away. What is our own fault stays itself.
 */
export function inWords<Door extends object>(door: Door): Door {
  const told = Object.entries(door).map(([name, work]) => [
    name,
    (...asked: unknown[]) => {
      const answer: unknown = work(...asked)
      return answer instanceof Promise ? answer.catch(tell) : answer
    },
  ])
  // Each function stands in for the one of its name.
  return Object.fromEntries(told) as Door
}

function tell(error: unknown): never {
  if (!isOfDatabase(error)) throw error
  throw new MemoryError(`The memory does not answer: ${wordsOf(error)}`, { cause: error })
}

/** Both drivers give a code, but for what they say of a connection; those errors are plain. */
const isOfDatabase = (error: unknown): boolean =>
  error instanceof Error && (codeOf(error) !== '' || error.constructor === Error)
