import { isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../commands/refusal.ts'

type GuardOptions = {
  /** Names, without a port, that the console is known by beside loopback's and its addresses. */
  hosts: readonly string[]
}

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * There is no sign-in on loopback, so whoever makes the operator's browser speak would act
 * as the operator. A page elsewhere can point a name of its own at 127.0.0.1 (DNS
 * rebinding): a host by an unknown name is refused. It can also send a form here: what
 * changes something must come from our own pages, as JSON, and what reads the API must not
 * come from a page elsewhere.
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function guardRequests(app: FastifyInstance, { hosts }: GuardOptions): void {
  const known = new Set(['localhost', ...hosts.map((host) => host.toLowerCase())])

  app.addHook('onRequest', async (request) => {
    const name = hostName(request.headers.host ?? '')
    // An address was never looked up, so nobody can have rebound it.
    if (name === null || (isIP(name) === 0 && !known.has(name))) {
      throw new Refusal({
        status: 421,
        code: 'unknown-host',
        title: 'This console is not known by the name that was asked for.',
        next: 'Open it by its address or as localhost, or name it in SKEP_ALLOWED_HOSTS.',
      })
    }
    // Its answer would stay unread, but a look can make the engine ask a registry by name.
    if (isFromElsewhere(request)) throw crossOrigin('A page elsewhere may not ask this.')
    if (safe.has(request.method)) return
    if (!isSameOrigin(request)) {
      throw crossOrigin(
        'A request that changes something must come from the console itself.',
      )
    }
    const [type = ''] = (request.headers['content-type'] ?? '').split(';')
    if (type.trim().toLowerCase() !== 'application/json') {
      throw new Refusal({
        status: 415,
        code: 'not-json',
        title: 'The body must be JSON.',
        next: 'Send it with content-type: application/json.',
      })
    }
  })
}

const crossOrigin = (title: string): Refusal =>
  new Refusal({
    status: 403,
    code: 'cross-origin',
    title,
    next: "Use the console's own pages; a program sends an Origin header with the console's address.",
  })

/** Whether another site's page asks the API unseen; a link that is followed is seen. */
function isFromElsewhere({ headers, url }: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers
  const isForeign = site === 'cross-site' || site === 'same-site'
  return url.startsWith('/api/') && isForeign && mode !== 'navigate'
}

/** The host without its port and brackets, in lower case; null for what is none. */
function hostName(header: string): string | null {
  if (!URL.canParse(`http://${header}`)) return null
  const { hostname, username, pathname } = new URL(`http://${header}`)
  if (username !== '' || pathname !== '/') return null
  return hostname.replace(/^\[|\]$/g, '')
}

function isSameOrigin({ headers }: FastifyRequest): boolean {
  const { origin, host } = headers
  if (headers['sec-fetch-site'] !== undefined)
    return headers['sec-fetch-site'] === 'same-origin'
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false
  return new URL(origin).host === host.toLowerCase()
}
