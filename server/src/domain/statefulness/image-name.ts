/** The parts of an image's reference that tell what it is. */
export type ImageName = {
  /** Registry in lower case; null where none is written, which means Docker Hub. */
  readonly host: string | null
  /** Path on that registry in lower case, without tag and digest, `library/` included. */
  readonly path: string
  readonly tag: string | null
}

/** No reference is longer: 255 for the name, 128 for the tag, and a digest. */
const longest = 1024

/**
 * An image's reference taken apart. The first part is a host if it holds a dot or a colon,
 * is `localhost`, or is not all lower case, which no path may be: `splitDockerDomain` in
 * distribution/reference, normalize.go. Never throws; of what is no reference, the path is
 * whatever is left.
 */
export function imageName(reference: string): ImageName {
  const named = (reference.slice(0, longest).split('@', 1)[0] ?? '').trim()
  const colon = named.lastIndexOf(':')
  const isTagged = colon > named.lastIndexOf('/')
  const whole = isTagged ? named.slice(0, colon) : named
  const slash = whole.indexOf('/')
  const first = whole.slice(0, Math.max(slash, 0))
  const isHost =
    /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  return {
    host: isHost ? first.toLowerCase() : null,
    path: (isHost ? whole.slice(slash + 1) : whole).toLowerCase(),
    tag: (isTagged && named.slice(colon + 1)) || null,
  }
}

/**
 * What an image is called wherever it is pulled from, without hosts, `library/`, tag and
 * digest: `registry.example.com:5000/library/postgres:16` is `postgres`, and so is
 * `registry.example.com/docker.io/postgres`. Never throws.
 */
export function repositoryOf(reference: string): string {
  const shorter = withoutLibrary(imageName(reference).path)
  return shorter === reference ? shorter : repositoryOf(shorter)
}

/** The path of one of Docker's official images without what stands before its name. */
export function withoutLibrary(path: string): string {
  return path.replace(/^(docker\/)?library\//, '')
}
