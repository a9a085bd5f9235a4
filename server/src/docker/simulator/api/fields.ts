/** Reading of JSON that anyone may have sent. */
export type Fields = { readonly [name: string]: unknown }

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {}
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function labelsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(fieldsOf(value))
  return Object.fromEntries(entries.map(([key, text]) => [key, String(text ?? '')]))
}

/** Without what Go's `omitempty` leaves out: null, empty texts, lists, maps; 0 and false. */
export function withoutEmpty(value: Fields): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => !isEmpty(field)))
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (value === '' || value === 0 || value === false) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}
