/**
 * What went wrong with an engine, classified once, here. The engine's status codes do not
 * tell these apart (a version conflict and a missing quorum are both 500): its texts do.
 * @see moby/moby daemon/cluster/errors.go, daemon/server/httpstatus/status.go
 */
export type DockerErrorKind =
  | 'unreachable'
  | 'timeout'
  | 'tls'
  | 'denied'
  | 'not-found'
  | 'invalid'
  | 'name-taken'
  | 'out-of-sequence'
  | 'too-old'
  | 'no-quorum'
  | 'not-a-manager'
  | 'no-swarm'
  | 'locked'
  | 'certificates-expired'
  | 'manager-starting'
  | 'protocol'
  | 'failed'

export class DockerError extends Error {
  override readonly name = 'DockerError'
  readonly kind: DockerErrorKind
  /** HTTP status; null when the engine did not answer. */
  readonly status: number | null

  constructor(
    kind: DockerErrorKind,
    message: string,
    status: number | null = null,
    cause?: unknown,
  ) {
    super(message, { cause })
    this.kind = kind
    this.status = status
  }
}

/** Texts that say in which state a swarm, or this engine's part in it, is. */
const SWARM_TEXTS: readonly (readonly [RegExp, DockerErrorKind])[] = [
  [/update out of sequence/, 'out-of-sequence'],
  [/does not have a leader|node lost leader status/, 'no-quorum'],
  [/Worker nodes can't be used to view or modify/, 'not-a-manager'],
  [/Manager is being prepared or has trouble connecting/, 'manager-starting'],
  [/encrypted and needs to be unlocked/, 'locked'],
  [/certificates have expired/, 'certificates-expired'],
  [/docker swarm init|not part of a swarm/, 'no-swarm'],
  [/code = DeadlineExceeded|context deadline exceeded/, 'timeout'],
]

/** Requests that the engine refuses with a status that says something else. */
const REQUEST_TEXTS: readonly (readonly [RegExp, DockerErrorKind])[] = [
  [/client version \S+ is too (old|new)/, 'too-old'],
  [/HTTP request to an HTTPS server/, 'tls'],
  [/constraint expected one operator|^network .* not found$/, 'invalid'],
]

const NETWORK_CODES: Readonly<Record<string, DockerErrorKind>> = {
  EACCES: 'denied',
  EPERM: 'denied',
  ETIMEDOUT: 'timeout',
  ABORT_ERR: 'timeout',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  ECONNABORTED: 'unreachable',
  EPIPE: 'unreachable',
  ENOENT: 'unreachable',
  ENOTDIR: 'unreachable',
  ENOTSOCK: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EPROTO: 'tls',
}

const TLS_CODE = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CRL_)/

/** The engine's own words, without the `rpc error: code = … desc = ` in front of them. */
export function plainText(text: string): string {
  return text.replace(/^(?:rpc error: code = \w+ desc = )+/, '').trim()
}

/** The state that a text of the swarm speaks of; null if it is none of those we know. */
export function swarmTrouble(text: string): DockerErrorKind | null {
  return matching(SWARM_TEXTS, text)
}

/** An answer with a failing status. `text` is the engine's message, as it came. */
export function failedAnswer(status: number, text: string): DockerError {
  const message = plainText(text)
  const kind =
    matching(REQUEST_TEXTS, message) ??
    // Below 500 the text may quote what people typed; the status is to be believed.
    (status >= 500 ? swarmTrouble(text) : null) ??
    kindOfStatus(status)
  return new DockerError(kind, message || `The engine answered ${status}.`, status)
}

/**
 * Anything thrown on the way to an engine, as the one error that callers know. An `Error`
 * that holds no more than the text of `info().Swarm.Error` is told by that text.
 */
export function classify(error: unknown): DockerError {
  if (error instanceof DockerError) return error
  if (!(error instanceof Error)) return new DockerError('failed', String(error))
  if (error.name === 'TimeoutError') {
    return new DockerError('timeout', error.message, null, error)
  }
  // Node's errors carry a text as code, those of gRPC a number and details.
  const { code, details } = error as { code?: unknown; details?: unknown }
  if (typeof code === 'number' && typeof details === 'string') {
    return new DockerError(kindOfRpc(code, details), rpcText(details), null, error)
  }
  const kind = typeof code === 'string' ? kindOfCode(code) : swarmTrouble(error.message)
  return new DockerError(kind ?? 'failed', plainText(error.message), null, error)
}

function kindOfStatus(status: number): DockerErrorKind {
  switch (status) {
    case 401:
    case 403:
      return 'denied'
    case 404:
      return 'not-found'
    case 409:
      return 'name-taken'
    case 408:
    case 504:
      return 'timeout'
    case 502:
    case 503:
      return 'unreachable'
    case 501: // How the engine refuses a rename or a change of mode.
      return 'invalid'
    default:
      return status >= 400 && status < 500 ? 'invalid' : 'failed'
  }
}

function kindOfCode(code: string): DockerErrorKind {
  if (TLS_CODE.test(code)) return 'tls'
  if (code.startsWith('HPE_')) return 'protocol'
  return NETWORK_CODES[code] ?? 'failed'
}

/** What went wrong, without grpc-js' frame around the error of its last attempt. */
function rpcText(details: string): string {
  const attempt = /^No connection established\. Last error: (?:Error: )?(.*?)\. Resolution/s
  return plainText(attempt.exec(details)?.[1] ?? details)
}

/** Status codes of gRPC, which the push feed speaks. */
function kindOfRpc(code: number, details: string): DockerErrorKind {
  const trouble = swarmTrouble(details)
  if (trouble) return trouble
  switch (code) {
    case 1: // A manager that stops cancels what it serves.
      return 'unreachable'
    case 4:
      return 'timeout'
    case 7:
    case 16:
      return 'denied'
    case 12:
      return 'too-old'
    case 14:
      if (/certificate|self.signed|\b(TLS|SSL)\b/i.test(details)) return 'tls'
      return /\bEACCES\b/.test(details) ? 'denied' : 'unreachable'
    default:
      return 'failed'
  }
}

function matching(
  texts: readonly (readonly [RegExp, DockerErrorKind])[],
  text: string,
): DockerErrorKind | null {
  return texts.find(([pattern]) => pattern.test(text))?.[1] ?? null
}
