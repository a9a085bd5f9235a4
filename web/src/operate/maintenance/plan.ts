import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { Service } from '@skep/shared/contract/service'
import type { StateClass } from '@skep/shared/contract/stateful'
import { z } from 'zod'
import { isDataAtRisk } from '../task-groups.ts'

/** What is stopped before a node is drained, and what it is brought back to. */
const PlannedService = z.object({
  name: z.string(),
  replicas: z.number().int(),
  /** When it was last backed up, as far as was known at the start. ISO 8601. */
  backup: z.string().nullable(),
})
export type PlannedService = z.infer<typeof PlannedService>

/** The maintenance of one node as it was set out to be done; what was done is observed. */
export const MaintenancePlan = z.object({
  node: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  services: z.array(PlannedService),
  /** Said by a person: nobody else can tell. */
  workDone: z.boolean(),
  /** Names of the services whose data somebody has looked at. */
  verified: z.array(z.string()),
})
export type MaintenancePlan = z.infer<typeof MaintenancePlan>

/** Nothing of these is bound to a node, or nothing that does not come again. */
const unbound: readonly StateClass[] = ['stateless', 'soft', 'external']

/**
 * The services that are better stopped on purpose before a drain: those whose data is at
 * risk, and those with data of which nothing would run meanwhile. Only what has a scale can
 * be; what holds no data is down no shorter for having been stopped. Pure.
 */
export function servicesToStop(
  { kind, tasks, services: dips }: NodePreview,
  services: Readonly<Record<string, Pick<Service, 'name' | 'mode' | 'desired'>>>,
): PlannedService[] {
  if (kind !== 'drain') return []
  const names = new Set([
    ...tasks.filter(isDataAtRisk).map(({ service }) => service),
    ...dips
      .filter(({ lowest, class: kind }) => lowest === 0 && !unbound.includes(kind))
      .map(({ service }) => service),
  ])
  return [...names].sort().flatMap((name) => {
    const service = Object.hasOwn(services, name) ? services[name] : undefined
    const backup = dips.find((dip) => dip.service === name)?.backup ?? null
    return service?.mode === 'replicated' && service.desired > 0
      ? [{ name, replicas: service.desired, backup }]
      : []
  })
}
