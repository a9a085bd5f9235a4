import { z } from 'zod'

/** A point in time, ISO 8601 in UTC. Facts carry instants; only views do arithmetic. */
export const Instant = z.iso.datetime({ offset: true, precision: null })
export type Instant = z.infer<typeof Instant>
