import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { Service } from '@skep/shared/contract/service'
import type { StateClass } from '@skep/shared/contract/stateful'
import { isDataAtRisk } from '../task-groups.ts'

/** Nothing of these is bound to a node, or nothing that does not come again. */
const unbound: readonly StateClass[] = ['stateless', 'soft', 'external']

/**
 * The services that are better stopped on purpose before a drain, by name: those whose data
 * is at risk, and those with data of which nothing would run meanwhile. Only what has a
 * scale can be; what holds no data is down no shorter for having been stopped. Pure.
 */
export function servicesToStop(
  { kind, tasks, services: dips }: NodePreview,
  services: Readonly<Record<string, Pick<Service, 'mode' | 'desired'>>>,
): string[] {
  if (kind !== 'drain') return []
  const names = new Set([
    ...tasks.filter(isDataAtRisk).map(({ service }) => service),
    ...dips
      .filter(({ lowest, class: kind }) => lowest === 0 && !unbound.includes(kind))
      .map(({ service }) => service),
  ])
  return [...names].sort().filter((name) => {
    const service = Object.hasOwn(services, name) ? services[name] : undefined
    return service?.mode === 'replicated' && service.desired > 0
  })
}
