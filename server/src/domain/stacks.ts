import type { Network } from '@skep/shared/contract/network'
import type { Service, Verdict } from '@skep/shared/contract/service'
import type { Stack } from '@skep/shared/contract/stack'

/** Gravest first: the verdict that a group of services is known by is its gravest. */
const gravity: readonly Verdict[] = [
  'down',
  'paused',
  'rollback-paused',
  'rolled-back',
  'degraded',
  'flapping',
  'unknown',
  'rolling-back',
  'updating',
  'converging',
  'verifying',
  'running-job',
  'converged',
  'complete',
  'scaled-to-zero',
]

/** Stacks by name: whatever carries the label of one, services or not. */
export function stackViews(
  services: Readonly<Record<string, Service>>,
  networks: Readonly<Record<string, Network>>,
): Record<string, Stack> {
  const stacks = new Map<string, { services: Service[]; networks: string[] }>()
  const open = (name: string) => {
    const stack = stacks.get(name) ?? { services: [], networks: [] }
    stacks.set(name, stack)
    return stack
  }
  for (const service of Object.values(services)) {
    if (service.stack !== null) open(service.stack).services.push(service)
  }
  for (const network of Object.values(networks)) {
    if (network.stack !== null) open(network.stack).networks.push(network.name)
  }
  const views = [...stacks].map(([name, stack]): [string, Stack] => [
    name,
    {
      name,
      services: stack.services.map((service) => service.name).toSorted(),
      networks: stack.networks.toSorted(),
      verdict: gravest(stack.services.map(({ convergence }) => convergence.verdict)),
    },
  ])
  return Object.fromEntries(views)
}

const gravest = (verdicts: readonly Verdict[]): Verdict | null =>
  gravity.find((verdict) => verdicts.includes(verdict)) ?? null
