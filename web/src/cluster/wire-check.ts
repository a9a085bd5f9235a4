import { Cluster } from '@skep/shared/contract/cluster'
import { Freshness } from '@skep/shared/contract/freshness'
import { Patch } from '@skep/shared/contract/patch'
import { z } from 'zod'
import type { Check } from './wire.ts'

const schemas = {
  snapshot: Cluster,
  patch: Patch,
  beat: z.object({ epoch: z.string(), seq: z.number().int(), freshness: Freshness }),
}

/** Throws if a frame does not meet the contract. Kept out of production by its importer. */
export const checkAgainstContract: Check = (kind, value) => {
  schemas[kind].parse(value)
}
