import { aPrevious, aReference, aService, aSpec } from '../entities.fixture.ts'
import type { Reference, Service } from '../state.ts'

type Uses = {
  secrets?: readonly (string | Reference)[]
  configs?: readonly (string | Reference)[]
}

const references = (of: readonly (string | Reference)[] = []): Reference[] =>
  of.map((one) => (typeof one === 'string' ? aReference(one) : one))

/** A service, called like its id, that uses these now, and used those before. */
export const aConsumer = (
  id: string,
  uses: Uses & { before?: Uses; user?: string | null } = {},
  fields: Partial<Service> = {},
): Service =>
  aService({
    id,
    name: id,
    spec: aSpec({
      user: uses.user ?? null,
      secrets: references(uses.secrets),
      configs: references(uses.configs),
    }),
    previous: uses.before
      ? aPrevious({
          secrets: references(uses.before.secrets),
          configs: references(uses.before.configs),
        })
      : null,
    ...fields,
  })
