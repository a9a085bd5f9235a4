import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Endpoint } from './endpoint.ts'

/**
 * Where the control socket is if it was left where Docker puts it, or mounted beside the
 * Docker socket; null if neither is there.
 */
export function defaultWatchSocket(
  endpoint: Endpoint,
  exists: (path: string) => boolean = existsSync,
): string | null {
  if (endpoint.kind !== 'unix') return null
  const places = [join(dirname(endpoint.socketPath), 'control.sock')]
  if (/^(\/var)?\/run\/docker\.sock$/.test(endpoint.socketPath)) {
    places.unshift('/run/docker/swarm/control.sock')
  }
  return places.find(exists) ?? null
}
