/** An answer with a failing status and the engine's text. */
export class Problem extends Error {
  readonly status: number
  /** How far a request came: not all answers have all headers of the engine. */
  readonly at: 'no such page' | 'old version' | 'version' | 'handler'

  constructor(status: number, message: string, at: Problem['at'] = 'handler') {
    super(message)
    this.status = status
    this.at = at
  }
}

/** @see moby/moby daemon/server/httpstatus/status.go */
const STATUS = {
  InvalidArgument: 400,
  FailedPrecondition: 400,
  NotFound: 404,
  AlreadyExists: 409,
  Unimplemented: 501,
  Unavailable: 503,
  Unknown: 500,
  DeadlineExceeded: 500,
} as const

/** An error of swarmkit's control API, as the engine passes it on. */
export function rpc(code: keyof typeof STATUS, text: string): Problem {
  return new Problem(STATUS[code], `rpc error: code = ${code} desc = ${text}`)
}

export function invalid(text: string): Problem {
  return rpc('InvalidArgument', text)
}

export function outOfSequence(): Problem {
  return rpc('Unknown', 'update out of sequence')
}
