import { Problem } from './problem.ts'

/** Values of one key are OR-ed, keys are AND-ed. */
export type Filters = ReadonlyMap<string, readonly string[]>

/**
 * Both forms that clients write: `{"k":["v"]}` and `{"k":{"v":true}}`.
 * @see moby/moby api/types/filters/parse.go FromJSON
 */
export function filtersOf(query: URLSearchParams, known: readonly string[]): Filters {
  const text = query.get('filters')
  if (!text) return new Map()
  const filters = new Map<string, string[]>()
  for (const [key, values] of Object.entries(parse(text))) {
    if (!known.includes(key)) throw new Problem(400, `invalid filter '${key}'`)
    filters.set(key, valuesOf(values))
  }
  return filters
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Answered below.
  }
  throw new Problem(400, 'invalid filter')
}

function valuesOf(values: unknown): string[] {
  if (Array.isArray(values)) return values.map(String)
  if (typeof values === 'object' && values !== null) return Object.keys(values)
  throw new Problem(400, 'invalid filter')
}

export function matchesPrefix(
  values: readonly string[] | undefined,
  text: string,
): boolean {
  return !values || values.some((value) => text.startsWith(value))
}

/** `key` for any value, `key=value` for one. All of the filter's labels must be there. */
export function matchesLabels(
  values: readonly string[] | undefined,
  labels: Readonly<Record<string, string>> | null | undefined,
): boolean {
  return (values ?? []).every((text) => {
    const index = text.indexOf('=')
    const key = index < 0 ? text : text.slice(0, index)
    const value = labels && Object.hasOwn(labels, key) ? labels[key] : undefined
    return value !== undefined && (index < 0 || value === text.slice(index + 1))
  })
}
