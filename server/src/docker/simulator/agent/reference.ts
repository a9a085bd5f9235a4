/** An image reference in its parts. @see distribution/reference */
export type Reference = {
  /** `docker.io` where none is named. */
  registry: string
  /** Without registry; official images have no `library/` in front. */
  repository: string
  tag: string
  digest: string | null
}

export function parseReference(text: string): Reference {
  const [named = '', digest = null] = text.split('@')
  const slash = named.indexOf('/')
  const first = named.slice(0, Math.max(0, slash))
  const isHost = /[.:]/.test(first) || first === 'localhost'
  const path = isHost ? named.slice(slash + 1) : named
  const colon = path.lastIndexOf(':')
  const hasTag = colon > path.lastIndexOf('/')
  return {
    registry: isHost ? first : 'docker.io',
    repository: hasTag ? path.slice(0, colon) : path,
    tag: hasTag ? path.slice(colon + 1) : 'latest',
    digest,
  }
}
