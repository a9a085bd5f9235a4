import { isIP } from 'node:net'

/** PEM texts. Without `ca` the authorities that Node knows are trusted. */
export type Tls = { ca: string | null; client: { cert: string; key: string } | null }

/** Where one engine is, and how people know it. */
export type Endpoint =
  | { label: string; kind: 'unix'; socketPath: string }
  | { label: string; kind: 'tcp'; host: string; port: number; tls: Tls | null }

/** A setting that cannot be used; the message says what to write instead. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError'
}

/** The part of the environment that says which engines to talk to. */
export type EndpointSettings = Readonly<
  Partial<
    Record<
      'SKEP_DOCKER_HOSTS' | 'DOCKER_HOST' | 'DOCKER_TLS_VERIFY' | 'DOCKER_CERT_PATH',
      string | undefined
    >
  >
>

const DEFAULT_SOCKET = 'unix:///var/run/docker.sock'

/** The longest path of a unix socket that Linux takes, in bytes. */
const LONGEST_SOCKET_PATH = 107

/**
 * The engines to talk to, in order of preference: those of `SKEP_DOCKER_HOSTS` (comma
 * separated), else the one of `DOCKER_HOST`, else the default socket. TLS is used for
 * `https://`, for port 2376, and for `tcp://` when `DOCKER_TLS_VERIFY` or
 * `DOCKER_CERT_PATH` is set; the server is then always verified.
 * `readTls` is given DOCKER_CERT_PATH, null if unset, and whether certificates must exist.
 *
 * @throws EndpointError
 */
export function endpoints(
  settings: EndpointSettings,
  readTls: (directory: string | null, required: boolean) => Tls,
): Endpoint[] {
  const several = settings.SKEP_DOCKER_HOSTS?.trim()
  const name = several ? 'SKEP_DOCKER_HOSTS' : 'DOCKER_HOST'
  const hosts = (several || settings.DOCKER_HOST || DEFAULT_SOCKET)
    .split(several ? ',' : '\n')
    .map((host) => host.trim())
    .filter((host) => host !== '')
  if (hosts.length === 0) {
    throw new EndpointError(`${name} names no engine. Write ${DEFAULT_SOCKET}.`)
  }
  const tlsWanted = Boolean(settings.DOCKER_TLS_VERIFY || settings.DOCKER_CERT_PATH)
  const found = hosts.map((host) => {
    const address = parseAddress(host, name, tlsWanted)
    if (address.kind === 'unix') return address
    const { secure, ...rest } = address
    const directory = settings.DOCKER_CERT_PATH || null
    return { ...rest, tls: secure ? readTls(directory, tlsWanted) : null }
  })
  return [...new Map(found.map((endpoint) => [endpoint.label, endpoint])).values()]
}

type Address =
  | { label: string; kind: 'unix'; socketPath: string }
  | { label: string; kind: 'tcp'; host: string; port: number; secure: boolean }

function parseAddress(text: string, name: string, tlsWanted: boolean): Address {
  if (text.startsWith('unix://')) return parseUnix(text, name)
  if (text.startsWith('/')) {
    throw new EndpointError(`${name} names a path. Write unix://${text}.`)
  }
  return parseTcp(text.includes('://') ? text : `tcp://${text}`, name, tlsWanted)
}

function parseUnix(text: string, name: string): Address {
  const path = text.slice('unix://'.length)
  if (path === '') return parseUnix(DEFAULT_SOCKET, name)
  if (!path.startsWith('/')) {
    throw new EndpointError(
      `${name} must give the socket's full path. Write unix:///${path}, with three slashes.`,
    )
  }
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH) {
    throw new EndpointError(
      `${name} names a socket whose path is longer than ${LONGEST_SOCKET_PATH} bytes, ` +
        'more than Linux takes. Link the socket to a shorter path and write that.',
    )
  }
  return { label: `unix://${path}`, kind: 'unix', socketPath: path }
}

function parseTcp(text: string, name: string, tlsWanted: boolean): Address {
  const scheme = text.slice(0, text.indexOf('://'))
  switch (scheme) {
    case 'tcp':
    case 'http':
    case 'https':
      break
    case 'ssh':
      throw new EndpointError(
        `${name} cannot use ssh://. Forward the socket with ` +
          'ssh -N -L /tmp/docker.sock:/var/run/docker.sock HOST and write ' +
          'unix:///tmp/docker.sock.',
      )
    default:
      throw new EndpointError(
        `${name} must begin with unix://, tcp://, http:// or https://. ` +
          `Write ${DEFAULT_SOCKET} or tcp://HOST:2376.`,
      )
  }
  // As http, the scheme would swallow its default port: all are read as tcp.
  const url = URL.parse(`tcp${text.slice(scheme.length)}`)
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? ''
  // The text itself is not quoted: it may hold a password.
  if (!url || !(isIP(host) || /^[\w-]+(\.[\w-]+)*\.?$/.test(host))) {
    throw new EndpointError(`${name} is not an address. Write tcp://HOST:2376.`)
  }
  if (
    url.username ||
    url.password ||
    url.search ||
    url.hash ||
    !/^\/?$/.test(url.pathname)
  ) {
    throw new EndpointError(
      `${name} may hold only a host and a port. Write ${scheme}://${url.hostname}:` +
        `${url.port || 2376}.`,
    )
  }
  if (scheme === 'http' && tlsWanted) {
    throw new EndpointError(
      `${name} says http:// while DOCKER_TLS_VERIFY or DOCKER_CERT_PATH asks for TLS. ` +
        'Write https://, or unset them.',
    )
  }
  const secure =
    scheme === 'https' || (scheme === 'tcp' && (tlsWanted || url.port === '2376'))
  const port = Number(url.port) || defaultPort(scheme, secure)
  return {
    label: `${scheme}://${url.hostname}:${port}`,
    kind: 'tcp',
    host,
    port,
    secure,
  }
}

function defaultPort(scheme: 'tcp' | 'http' | 'https', secure: boolean): number {
  switch (scheme) {
    case 'http':
      return 80
    case 'https':
      return 443
    case 'tcp':
      return secure ? 2376 : 2375
  }
}
