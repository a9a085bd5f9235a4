import type { Network } from '@skep/shared/contract/network'
import type { Service, Verdict } from '@skep/shared/contract/service'
import type { Stack } from '@skep/shared/contract/stack'
import type { Change } from './judgements.ts'
import { keepIdentity } from './keep-identity.ts'

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

type Shown = {
  readonly stacks: Record<string, Stack>
  readonly networks: Readonly<Record<string, Network>>
}

/**
 * The stacks after a change of some services: the very same where none shows it.
 * @param changed null where any of them may be another
 */
export function nextStacks(
  before: Shown | undefined,
  changed: readonly Change<Service>[] | null,
  services: Readonly<Record<string, Service>>,
  networks: Readonly<Record<string, Network>>,
): Record<string, Stack> {
  const same =
    before?.networks === networks &&
    changed?.every(
      ({ was, is }) =>
        was.name === is.name &&
        was.stack === is.stack &&
        was.convergence.verdict === is.convergence.verdict,
    )
  return same ? before.stacks : keepIdentity(before?.stacks, stackViews(services, networks))
}

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
