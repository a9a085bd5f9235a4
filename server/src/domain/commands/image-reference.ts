/** An image reference in its parts, as people write it: without docker.io and library. */
export type ImageReference = {
  readonly name: string
  readonly tag: string | null
  readonly digest: string | null
}

const part = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const path = new RegExp(`^${part}(?:/${part})*$`)
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`)
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern =
  /^[a-zA-Z][a-zA-Z0-9]*(?:[-_+.][a-zA-Z][a-zA-Z0-9]*)*:[0-9a-fA-F]{32,}$/
const lengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

const mostName = 255

/**
 * Reads a reference as docker does, or says in words why it is none.
 * @see distribution/reference, regexp.go and normalize.go
 */
export function parseReference(text: string): ImageReference | string {
  const [named = '', digest, ...more] = text.split('@')
  if (more.length > 0) return 'there is more than one @ in it'
  if (digest !== undefined && !isDigest(digest))
    return `${digest || 'nothing'} is no digest`
  if (/^[a-f0-9]{64}$/.test(named)) return 'an image id is no reference'
  const colon = named.lastIndexOf(':')
  const hasTag = colon > named.lastIndexOf('/')
  const name = hasTag ? named.slice(0, colon) : named
  const tag = hasTag ? named.slice(colon + 1) : null
  if (tag !== null && !tagPattern.test(tag)) return `'${tag}' is no tag`
  const [domain, repository] = split(name)
  if (repository === '') return 'it has no name'
  if (domain !== null && !host.test(domain)) return `'${domain}' is no registry`
  if (!path.test(repository)) {
    return path.test(repository.toLowerCase())
      ? 'a repository name is in lower case'
      : `'${repository}' is no repository name`
  }
  if (name.length > mostName) return `its name is longer than ${mostName} characters`
  return { name: familiar(domain, repository), tag, digest: digest ?? null }
}

function isDigest(text: string): boolean {
  const [algorithm = '', hex = ''] = text.split(':')
  const length = Object.hasOwn(lengths, algorithm) ? lengths[algorithm] : undefined
  if (length !== undefined) return hex.length === length && /^[a-f0-9]+$/.test(hex)
  return digestPattern.test(text)
}

/** The registry is what comes first, if it looks like a host rather than like a name. */
function split(name: string): [domain: string | null, repository: string] {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  const isHost =
    /[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first
  return slash >= 0 && isHost ? [first, name.slice(slash + 1)] : [null, name]
}

function familiar(domain: string | null, repository: string): string {
  if (domain === null || domain === 'docker.io' || domain === 'index.docker.io') {
    return repository.replace(/^library\/([^/]+)$/, '$1')
  }
  return `${domain}/${repository}`
}

/** `name:tag@digest`. A name without either means the tag `latest`. */
export function referenceText({ name, tag, digest }: ImageReference): string {
  const tagged = tag === null && digest === null ? `${name}:latest` : name
  const whole = tag === null ? tagged : `${name}:${tag}`
  return digest === null ? whole : `${whole}@${digest}`
}

/** The reference pinned to what the registry answered for it. */
export const pinned = (reference: ImageReference, digest: string): ImageReference => ({
  ...reference,
  tag: reference.tag ?? 'latest',
  digest,
})
