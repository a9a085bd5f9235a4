import type { Problem } from '@skep/shared/contract/problem'

/** A refusal of the server, or its silence: what happened, and what to do next. */
export class RequestFailed extends Error {
  readonly code: string
  readonly next: string
  readonly detail: string | null
  /** The whole document, for what a refusal carries besides its words. Not checked. */
  readonly problem: Readonly<Record<string, unknown>>

  constructor(problem: Pick<Problem, 'code' | 'title' | 'next' | 'detail'>) {
    super(problem.title)
    this.name = 'RequestFailed'
    this.code = problem.code
    this.next = problem.next
    this.detail = problem.detail ?? null
    this.problem = { ...problem }
  }
}

/** How long an answer may take, in milliseconds. */
const patience = 10_000

/**
 * Reads a resource of the console's own server; the type is trusted, since the server
 * checks what it sends. Throws RequestFailed.
 */
export async function getJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  }).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw new RequestFailed({
      code: 'console-unreachable',
      title: 'The console did not answer.',
      next: 'It is asked again as soon as the connection is back.',
      detail: cause instanceof Error ? cause.message : String(cause),
    })
  })
  return answerOf<T>(response)
}

/** A commit may ask a registry on its way, so it is given longer. In milliseconds. */
const patienceToCommit = 30_000

/**
 * Sends a command. It is never sent twice: whoever hears no answer cannot tell whether it
 * was taken, and is told so. Throws RequestFailed.
 */
export async function postJson<T>(path: string, body: object): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceToCommit),
  }).catch((cause: unknown) => {
    throw new RequestFailed({
      code: 'console-unreachable',
      title: 'The console did not answer. Whether it took the command is not known.',
      next: 'Look at “In motion” on the first page before pressing again.',
      detail: cause instanceof Error ? cause.message : String(cause),
    })
  })
  return answerOf<T>(response)
}

async function answerOf<T>(response: Response): Promise<T> {
  // Null is an answer: there is none of what was asked for.
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && body !== undefined) return body as T // trusted, as said above
  throw new RequestFailed(isProblem(body) ? body : unexplained(response))
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'title' in body &&
    typeof body.title === 'string' &&
    'next' in body &&
    typeof body.next === 'string' &&
    'code' in body &&
    typeof body.code === 'string'
  )
}

const unexplained = ({ status, statusText }: Response) => ({
  code: 'unexplained',
  title: 'The console gave an answer that this page cannot read.',
  next: 'Reload the page; if that does not help, look at the log of the console.',
  detail: `HTTP ${status} ${statusText}`.trim(),
})
