import type { Consent } from '@skep/shared/contract/preview'

/** Who acts, until there is sign-in: whoever can reach loopback. */
export const actor = 'local'

/** Parts the consent from the arguments of a command that came in one body. */
export function parted<Told extends object>(body: Told & Consent) {
  const { basis, acknowledged, typed, ...told } = body
  const consent: Consent = { basis, acknowledged, ...(typed !== undefined && { typed }) }
  return { consent, told }
}
