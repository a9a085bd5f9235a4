/** An engine's answer is not what it promises until it was looked at, field by field. */
export type Fields = Readonly<Record<string, unknown>>

/** The fields of an object; of anything else, none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

/** A text; empty for anything else. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A list of objects; what is no list has none. */
export const listed = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf) : []

/** The entries that are texts, of an object. */
export const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
