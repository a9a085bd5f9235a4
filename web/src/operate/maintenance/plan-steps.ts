import type { Node } from '@skep/shared/contract/node'
import type { Service } from '@skep/shared/contract/service'
import type { MaintenancePlan } from './plan.ts'

export const stepKinds = [
  'stop',
  'drain',
  'work',
  'activate',
  'bring-back',
  'verify',
] as const
export type StepKind = (typeof stepKinds)[number]

export type PlanStep = { kind: StepKind; state: 'done' | 'current' | 'ahead' }

type Observed = {
  /** Null when it is gone. */
  node: Pick<Node, 'availability' | 'status'> | null
  services: Readonly<Record<string, Pick<Service, 'desired' | 'running' | 'convergence'>>>
}

/**
 * How far a plan has come, from what is observed now; the first step that is not done is
 * the current one. What only led to a later step is done once that step is reached: nothing
 * stays stopped for ever. Pure.
 */
export function planSteps(plan: MaintenancePlan, observed: Observed): PlanStep[] {
  const done: Record<StepKind, boolean> = {
    stop: plan.workDone || plan.services.every(({ name }) => isStopped(name, observed)),
    drain: plan.workDone || observed.node?.status === 'drained',
    work: plan.workDone,
    activate: plan.workDone && observed.node?.availability === 'active',
    'bring-back': plan.services.every((one) => isBack(one, observed)),
    verify: plan.services.every((one) => isVerified(one.name, plan, observed)),
  }
  const current = stepKinds.findIndex((kind) => !done[kind])
  return stepKinds.map((kind, at) => ({
    kind,
    state: current < 0 || at < current ? 'done' : at === current ? 'current' : 'ahead',
  }))
}

const of = (name: string, { services }: Observed) =>
  Object.hasOwn(services, name) ? services[name] : undefined

/** Asked for none, and none runs; one that is gone is stopped as well. */
export function isStopped(name: string, observed: Observed): boolean {
  const service = of(name, observed)
  return service === undefined || (service.desired === 0 && service.running === 0)
}

/** Asked for as many as before, or more. Whether they run is for the next step. */
export function isBack(
  { name, replicas }: MaintenancePlan['services'][number],
  observed: Observed,
): boolean {
  const service = of(name, observed)
  return service === undefined || service.desired >= replicas
}

/** It has converged, and somebody found its data there. */
export function isVerified(
  name: string,
  plan: MaintenancePlan,
  observed: Observed,
): boolean {
  const service = of(name, observed)
  const converged = service?.convergence.verdict === 'converged'
  return service === undefined || (converged && plan.verified.includes(name))
}
