import { normalised, type Particulars } from './normalise.ts'

export type ShapeOptions = {
  particulars: Particulars
  /** Which fields are told with their value, and not with their type alone. */
  literal: RegExp
}

/** Keys that people choose, or that are ids: one stands for all. */
const MAPS = /(?:^|\.|\])(?:Options|DriverOpts|Networks|Runtimes|IndexConfigs)$/

type Walk = ShapeOptions & {
  lines: Set<string>
  /** By the path of objects, the sets of fields that any of them has. */
  places: Map<string, Map<string, ReadonlySet<string>>>
}

/**
 * The fields of an answer, sorted, each with its type or, where that matters, its value.
 * The elements of a list are told together: what one has is there. Of what some have and
 * others have not, each combination is a line as well (`partsOf`): stable where the calls ask
 * for what is at rest, as those of calls/ and stories/ do.
 */
export function fieldsOf(value: unknown, options: ShapeOptions): string[] {
  const walking: Walk = { ...options, lines: new Set(), places: new Map() }
  walk(value, '', walking)
  return [...walking.lines, ...partsOf(walking.places)].sort()
}

function walk(value: unknown, path: string, walking: Walk): void {
  const { lines } = walking
  if (Array.isArray(value)) {
    if (value.length === 0) lines.add(`${path}[]`)
    for (const element of value) walk(element, `${path}[]`, walking)
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, field]) => {
      const name = MAPS.test(path) ? '*' : normalised(key, walking.particulars)
      return [name, field] as const
    })
    if (entries.length === 0) lines.add(`${path} {}`)
    notePlace(new Set(entries.map(([name]) => name)), path, walking)
    for (const [name, field] of entries)
      walk(field, path === '' ? name : `${path}.${name}`, walking)
  } else {
    lines.add(`${path || '.'} ${leaf(value, path, walking)}`)
  }
}

function notePlace(names: ReadonlySet<string>, path: string, { places }: Walk): void {
  const kinds = places.get(path) ?? new Map<string, ReadonlySet<string>>()
  places.set(path, kinds.set([...names].sort().join(), names))
}

/**
 * `[].Status.{Err}` and `[].Status.{}`: some of them have it, others have not. A field that
 * all of them have is left out, since its own line tells as much.
 */
function partsOf(places: Walk['places']): string[] {
  return [...places].flatMap(([path, kinds]) => {
    const sets = [...kinds.values()]
    const names = [...new Set(sets.flatMap((set) => [...set]))].sort()
    const some = names.filter((name) => !sets.every((set) => set.has(name)))
    if (some.length === 0) return []
    return sets.map((set) => `${path}.{${some.filter((name) => set.has(name)).join()}}`)
  })
}

/** A text that is nothing but a time, an id or the like is of that type. */
function leaf(
  value: unknown,
  path: string,
  { particulars, literal }: ShapeOptions,
): string {
  if (value === null) return 'null'
  if (typeof value !== 'string')
    return literal.test(path) ? `= ${String(value)}` : typeof value
  const text = normalised(value, particulars)
  if (/^<[a-z]+>$/.test(text)) return text
  return literal.test(path) ? `= ${JSON.stringify(text)}` : 'string'
}
