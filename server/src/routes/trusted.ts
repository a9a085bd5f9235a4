/**
 * For an answer of thousands of objects, which takes long to check against its schema: the
 * types vouch for it in production.
 * @param validates whether answers are checked all the same, as in tests
 */
export const trusted = (validates: boolean) =>
  validates ? {} : { serializerCompiler: () => JSON.stringify }
