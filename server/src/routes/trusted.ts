/**
 * For an answer of thousands of objects, which takes long to check against its schema: the
 * types vouch for it in production.
 * @param validates whether answers are checked all the same, as in tests
 */
export const trusted = (validates: boolean) =>
  validates ? {} : { serializerCompiler: () => JSON.stringify }

/** The same for `{ ..., items }` whose items are one array until they change. */
export const trustedList = (validates: boolean) =>
  validates ? {} : { serializerCompiler: () => listText }

const texts = new WeakMap<readonly object[], string>()

/** Puts items into words once, however often they are asked for. */
export function listText({ items, ...head }: { items: readonly object[] }): string {
  const text = texts.get(items) ?? JSON.stringify(items)
  texts.set(items, text)
  return `${JSON.stringify({ ...head, items: null }).slice(0, -'null}'.length)}${text}}`
}
