import { Problem } from './problem.ts'

type Named = { readonly ID: string }

type Source<Item> = {
  get(id: string): Item | undefined
  by(index: string, key: string): Item[]
  values(): Iterable<Item>
}

/**
 * By full id, then by exact name, then by the beginning of an id.
 * @see moby/moby daemon/cluster/helpers.go
 * @throws Problem 404, or 400 if it may be several
 */
export function find<Item extends Named>(
  source: Source<Item>,
  what: string,
  text: string,
): Item {
  const exact = source.get(text)
  if (exact) return exact
  const named = source.by('name', text)
  const [first] = named
  if (named.length > 1) throw ambiguous(what, text, named.length)
  if (first) return first
  const begun =
    text === '' ? [] : [...source.values()].filter(({ ID }) => ID.startsWith(text))
  const [only] = begun
  if (begun.length > 1) throw ambiguous(what, text, begun.length)
  if (!only) throw new Problem(404, `${what} ${text} not found`)
  return only
}

function ambiguous(what: string, text: string, count: number): Problem {
  return new Problem(400, `${what} ${text} is ambiguous (${count} matches found)`)
}

/** @see moby/moby daemon/server/router/swarm/cluster_routes.go */
export function versionOf(query: URLSearchParams, what: string): number {
  const text = query.get('version') ?? ''
  if (/^\d+$/.test(text)) return Number(text)
  if (what === 'secret' || what === 'config') {
    throw new Problem(400, `invalid ${what} version`)
  }
  throw new Problem(
    400,
    `invalid ${what} version '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  )
}
