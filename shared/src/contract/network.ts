import { z } from 'zod'
import { Instant } from './instant.ts'

export const Network = z
  .object({
    id: z.string(),
    name: z.string().describe('With a piece of the id where two networks share it'),
    driver: z.string(),
    scope: z.string(),
    stack: z.string().nullable(),
    subnets: z.array(z.string()),
    internal: z.boolean(),
    attachable: z.boolean(),
    ingress: z.boolean(),
    encrypted: z.boolean(),
    createdAt: Instant,
    services: z.array(z.string()).describe('Names of the services whose tasks join it'),
  })
  .meta({ id: 'Network' })
export type Network = z.infer<typeof Network>
