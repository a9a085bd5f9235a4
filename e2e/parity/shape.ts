import { normalised, type Particulars } from './normalise.ts'

export type ShapeOptions = {
  particulars: Particulars
  /** Which fields are told with their value, and not with their type alone. */
  literal: RegExp
}

/** Keys that people choose, or that are ids: one stands for all. */
const MAPS = /(?:^|\.|\])(?:Options|DriverOpts|Networks|Runtimes|IndexConfigs)$/

/**
 * The fields of an answer, sorted, each with its type or, where that matters, its value.
 * The elements of a list are told together: what one has is there.
 */
export function fieldsOf(value: unknown, options: ShapeOptions): string[] {
  const lines = new Set<string>()
  walk(value, '', options, lines)
  return [...lines].sort()
}

function walk(
  value: unknown,
  path: string,
  options: ShapeOptions,
  lines: Set<string>,
): void {
  if (Array.isArray(value)) {
    if (value.length === 0) lines.add(`${path}[]`)
    for (const element of value) walk(element, `${path}[]`, options, lines)
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (entries.length === 0) lines.add(`${path} {}`)
    for (const [key, field] of entries) {
      const name = MAPS.test(path) ? '*' : normalised(key, options.particulars)
      walk(field, path === '' ? name : `${path}.${name}`, options, lines)
    }
  } else {
    lines.add(`${path || '.'} ${leaf(value, path, options)}`)
  }
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
