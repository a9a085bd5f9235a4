import { createHmac, randomBytes } from 'node:crypto'

/**
 * Seals the basis of previews with a key of its own. What a basis is made of holds values
 * that must not be guessed at from outside: it leaves only as a keyed digest.
 */
export function createSeal() {
  const key = randomBytes(32)
  return <P extends { readonly basis: string }>(preview: P): P => ({
    ...preview,
    basis: createHmac('sha256', key).update(preview.basis).digest('base64url'),
  })
}
