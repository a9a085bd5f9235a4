import { labelValue } from '../label-value.ts'
import { fieldsOf } from './fields.ts'
import { Problem } from './problem.ts'

/** Values of one key are OR-ed, keys are AND-ed. */
export type Filters = ReadonlyMap<string, readonly string[]>

/**
 * Both forms that clients write: `{"k":["v"]}` and `{"k":{"v":true}}`.
 * @see moby/moby api/types/filters/parse.go FromJSON
 * @param known without which nobody looks at the names
 */
export function filtersOf(query: URLSearchParams, known?: readonly string[]): Filters {
  const text = query.get('filters')
  if (!text) return new Map()
  const filters = new Map<string, string[]>()
  for (const [key, values] of Object.entries(parse(text))) {
    if (known && !known.includes(key)) throw new Problem(400, `invalid filter '${key}'`)
    filters.set(key, valuesOf(values))
  }
  return filters
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (isMap && isUniform(Object.values(value))) return value
  } catch {
    // Answered below.
  }
  throw new Problem(400, 'invalid filter')
}

/** All of one form. */
function isUniform(fields: readonly unknown[]): boolean {
  const isText = (value: unknown) => typeof value === 'string'
  return (
    fields.every((field) => Array.isArray(field) && field.every(isText)) ||
    fields.every((field) => typeof field === 'object' && !Array.isArray(field))
  )
}

function valuesOf(values: unknown): string[] {
  if (Array.isArray(values)) return values.map(String)
  return Object.keys(fieldsOf(values))
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
    const value = labelValue(labels, key)
    return value !== undefined && (index < 0 || value === text.slice(index + 1))
  })
}
