/** JSON of unknown shape, read without believing anything of it. */
export type Fields = { readonly [name: string]: unknown }

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object found there; an empty one where there is none. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : []

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value == null ? '' : String(value)

/** Fields whose names are the user's own: there an empty value says something. */
const maps: ReadonlySet<string> = new Set(['Labels', 'Options', 'Sysctls', 'DriverOpts'])
export const isMap = (name: string): boolean => maps.has(name)

/**
 * The text of a value: fields sorted, and those left out that say no more than an absent
 * one would, as `isBlank` has it.
 */
export function canonical(
  value: unknown,
  isBlank: (value: unknown, name: string) => boolean,
): string {
  const text = (inner: unknown, name: string): string => {
    if (Array.isArray(inner)) return `[${inner.map((item) => text(item, '')).join()}]`
    if (!isFields(inner)) return JSON.stringify(inner ?? null)
    const fields = Object.keys(inner)
      .filter((key) => isMap(name) || !isBlank(inner[key], key))
      .sort()
      .map((key) => `${JSON.stringify(key)}:${text(inner[key], key)}`)
    return `{${fields.join()}}`
  }
  return text(value, '')
}

/** Whether a field says nothing: absent, null, empty, or holding only such fields. */
export function isEmpty(value: unknown, name = ''): boolean {
  if (value == null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  if (!isFields(value)) return false
  const fields = Object.entries(value)
  return isMap(name)
    ? fields.length === 0
    : fields.every(([key, field]) => isEmpty(field, key))
}
