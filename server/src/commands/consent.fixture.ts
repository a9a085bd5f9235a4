import type { Check, Consent } from '@skep/shared/contract/preview'

type Asking = { basis: string; checks: readonly Check[]; typed: string | null }

/** The consent of somebody who ticks and types all that a preview asks for. */
export const consentTo = ({ basis, checks, typed }: Asking): Consent => ({
  basis,
  acknowledged: checks.map(({ id }) => id),
  ...(typed !== null && { typed }),
})
