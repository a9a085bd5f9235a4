import { z } from 'zod'
import { Instant } from './instant.ts'

const Mount = z.object({
  type: z.string(),
  source: z.string().nullable(),
  target: z.string(),
  readOnly: z.boolean(),
  driver: z.string().nullable(),
})

const Reference = z.object({
  name: z.string(),
  target: z.string().nullable().describe('Path inside the container'),
})

const Pace = z.object({
  parallelism: z.number().int().describe('0: all at once'),
  delayNs: z.number(),
  order: z.enum(['stop-first', 'start-first']),
  monitorNs: z.number(),
  maxFailureRatio: z.number(),
  failureAction: z.enum(['pause', 'continue', 'rollback']),
})
export type Pace = z.infer<typeof Pace>

/**
 * What was asked of the swarm, for reading. Environment values, the payload of secrets and
 * configs, and registry credentials are left out by construction: names only.
 */
export const SpecSummary = z
  .object({
    service: z.string(),
    asOf: Instant,
    image: z.string(),
    command: z
      .array(z.string())
      .describe('Entry point then arguments; empty: of the image'),
    commandHidden: z.boolean().describe('Arguments that look like credentials were masked'),
    environment: z.array(z.string()).describe('Names only'),
    user: z.string().nullable(),
    workingDirectory: z.string().nullable(),
    hostname: z.string().nullable(),
    readOnlyRoot: z.boolean(),
    healthCheck: z.string().nullable().describe('The command; null when the spec has none'),
    stopGraceNs: z.number(),
    mounts: z.array(Mount),
    secrets: z.array(Reference),
    configs: z.array(Reference),
    networks: z.array(z.string()),
    constraints: z.array(z.string()),
    preferences: z.array(z.string()),
    maxReplicasPerNode: z.number().int().nullable(),
    reservations: z.object({ nanoCpus: z.number(), memoryBytes: z.number() }),
    limits: z.object({ nanoCpus: z.number(), memoryBytes: z.number() }),
    restart: z.object({
      condition: z.enum(['any', 'on-failure', 'none']),
      delayNs: z.number(),
      maxAttempts: z.number().int().describe('0: without limit'),
      windowNs: z.number(),
    }),
    update: Pace,
    rollback: Pace,
    labels: z.record(z.string(), z.string()),
    rollbackTarget: z
      .object({ image: z.string() })
      .nullable()
      .describe('What a rollback would bring back; null when the swarm remembers none'),
  })
  .meta({ id: 'SpecSummary' })
export type SpecSummary = z.infer<typeof SpecSummary>
