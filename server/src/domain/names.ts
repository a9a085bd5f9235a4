import type { ClusterState, Network, Node, Service } from './state.ts'

/** How an entity is called on every page, by its id. */
export type Names = ReadonlyMap<string, string>

const pieceOfId = 6

/** Length of an id that is shown because nothing better is known. */
export const shortId = (id: string): string => id.slice(0, 12)

/**
 * A name each: the one people gave, with a piece of the id where several share it. Host
 * names are chosen by whoever installs a machine, so a name that is made to look like
 * another's is caught too, and gets its whole id.
 */
function uniqueNames<T extends { readonly id: string }>(
  entities: Iterable<T>,
  given: (entity: T) => string,
): Names {
  const all = [...entities]
  const uses = countOf(all.map(given))
  const proposed = all.map((entity): [string, string] => {
    const name = given(entity) || shortId(entity.id)
    const shared = uses.get(given(entity)) !== 1
    return [entity.id, shared ? `${name}~${entity.id.slice(0, pieceOfId)}` : name]
  })
  const clashes = countOf(proposed.map(([, name]) => name))
  return new Map(
    proposed.map(([id, name]) => [id, clashes.get(name) === 1 ? name : `${name}~${id}`]),
  )
}

export const nodeNames = (nodes: ReadonlyMap<string, Node>): Names =>
  namesOf(nodes, ({ hostname }) => hostname)

export const networkNames = (networks: ReadonlyMap<string, Network>): Names =>
  namesOf(networks, ({ name }) => name)

const namesByMap = new WeakMap<object, Names>()

/** Asked for by every log line and every task, so once for each map of entities. */
function namesOf<T extends { readonly id: string }>(
  entities: ReadonlyMap<string, T>,
  given: (entity: T) => string,
): Names {
  const names = namesByMap.get(entities) ?? uniqueNames(entities.values(), given)
  namesByMap.set(entities, names)
  return names
}

/** The service of this name. Names are unique in a swarm and never change. */
export function serviceNamed(state: ClusterState, name: string): Service | null {
  for (const service of state.services.values()) if (service.name === name) return service
  return null
}

function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
