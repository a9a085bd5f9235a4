import { z } from 'zod'
import { Tone } from './attention.ts'

/** The answer to "does anything need me?", and the counts beneath it. */
export const Overview = z
  .object({
    sentence: z.string(),
    tone: Tone,
    services: z.object({
      total: z.number().int(),
      converged: z
        .number()
        .int()
        .describe('Converged, complete, or scaled to zero on purpose'),
      inMotion: z.number().int(),
      needYou: z.number().int(),
      unknown: z.number().int(),
    }),
    nodes: z.object({
      total: z.number().int(),
      ready: z.number().int(),
      draining: z.number().int().describe('Draining or drained'),
      down: z.number().int(),
      other: z.number().int().describe('Paused, disconnected or unknown'),
    }),
    tasks: z.object({ running: z.number().int(), desired: z.number().int() }),
  })
  .meta({ id: 'Overview' })
export type Overview = z.infer<typeof Overview>
