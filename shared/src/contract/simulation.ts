import { z } from 'zod'
import { Instant } from './instant.ts'

/** How fast the time of a simulated swarm may pass: not at all, as ours, or faster. */
export const speeds = [0, 1, 10, 60] as const

export const Speed = z.literal(speeds)
export type Speed = z.infer<typeof Speed>

/** The time of a simulated swarm. */
export const Simulation = z
  .object({
    now: Instant.describe('What time it is there'),
    speed: z.number().describe('How many times faster than ours it passes; 0: not at all'),
  })
  .meta({ id: 'Simulation' })
export type Simulation = z.infer<typeof Simulation>

export const SpeedChange = z.object({ speed: Speed }).meta({ id: 'SpeedChange' })
export type SpeedChange = z.infer<typeof SpeedChange>
