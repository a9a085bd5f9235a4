import type { Check } from '@skep/shared/contract/preview'
import type { Rotation } from '@skep/shared/contract/rotation'
import type { ConsumerRole } from '@skep/shared/contract/stored'
import { block, inOrder, warn } from './commands/check.ts'
import { isSuccessorThere, type RotationRecord, reads } from './rotation-record.ts'
import { relapse } from './rotation-relapse.ts'
import { rollbackChecks } from './rotation-rollback.ts'
import { consumerWords } from './rotation-words.ts'
import type { ClusterState, Millis } from './state.ts'
import { consumersOf } from './stored/consumers.ts'
import { heldByVolumes } from './stored/volume-holders.ts'
import { listedBriefly } from './words.ts'

/**
 * What stands against removing the old object. The engine itself looks at specs only: it
 * would let go what a rollback or a running task still needs.
 * @param now by the managers' clock
 * @see moby/swarmkit manager/controlapi/secret.go, RemoveSecret
 */
export function retireChecks(
  plan: RotationRecord,
  state: ClusterState,
  now: Millis,
): Check[] {
  if (plan.endedAt !== null) return []
  if (plan.state !== 'verified') {
    const sentence = `${plan.from.name} stays until every service has converged on ${plan.to.name}.`
    return [block('not-verified', sentence)]
  }
  const checks: Check[] = []
  if (state.swarm.state !== 'live') {
    const sentence = 'What the swarm needs cannot be told: it does not answer.'
    checks.push(block('swarm-not-live', sentence, [{ kind: 'swarm', name: 'swarm' }]))
  }
  const consumers = consumersOf(state).get(plan.from.id) ?? []
  for (const role of ['current', 'older-task', 'rollback-target'] as const) {
    const found = consumers.filter(({ roles }) => roles.includes(role))
    if (found.length === 0) continue
    const names = found.map(({ service }) => service)
    const subjects = names.map((name) => ({ kind: 'service' as const, name }))
    checks.push(block(ids[role], standsAgainst(role, listedBriefly(names), plan), subjects))
  }
  checks.push(...heldByVolumes(plan.kind, [plan.from], state))
  checks.push(...ofSuccessor(plan, state, now))
  if (isWindowOpen(plan, state, now)) {
    const sentence = `The rollback window is open until ${plan.retireFrom}: without ${plan.from.name} nobody can go back to it.`
    checks.push(warn('rollback-window-open', sentence))
  }
  return inOrder(checks)
}

/** What the wire tells of a rotation, judged as it is read. */
export function rotationView(
  plan: RotationRecord,
  state: ClusterState,
  now: Millis,
): Rotation {
  const { windowHours: _hours, log: _log, revision: _revision, consumers, ...rest } = plan
  const retire = retireChecks(plan, state, now)
  return {
    ...rest,
    sentence: plan.state === 'verified' ? verifiedWords(plan, retire) : plan.sentence,
    consumers: consumers.map((one) => {
      const { service, serviceId, operation, targets } = one
      const sentence = consumerWords(one)
      const seen = { service, serviceId, state: one.state, operation, sentence, targets }
      return { ...seen, rollbackChecks: rollbackChecks(plan, one, state) }
    }),
    retire,
  }
}

/**
 * What the new one tells against removing the old one; nothing while the swarm does not
 * answer, for that it does not is told by itself.
 * @param now by the managers' clock
 */
export const ofSuccessor = (
  plan: RotationRecord,
  state: ClusterState,
  now: Millis,
): Check[] =>
  state.swarm.state === 'live'
    ? [...lastOfTwo(plan, state), ...notAsAsked(plan, state, now)]
    : []

/** The old one is all that is left where somebody removed the new one: it must not go too. */
function lastOfTwo(plan: RotationRecord, state: ClusterState): Check[] {
  if (isSuccessorThere(plan, state)) return []
  const { kind, from, to } = plan
  const sentence = `${to.name} is not found in the swarm: ${from.name} may be all that is left. End this rotation, and rotate ${from.name} anew.`
  return [block('successor-gone', sentence, [{ kind, name: from.name }])]
}

/**
 * That services which were given the new one do not run as asked now. It may have another
 * reason, but without the old one nobody can find out by going back.
 */
function notAsAsked(plan: RotationRecord, state: ClusterState, now: Millis): Check[] {
  const { from, to, consumers } = plan
  const found = consumers.flatMap(({ serviceId }) => {
    const service = state.services.get(serviceId)
    if (!service || reads(plan, service) !== 'new') return []
    const why = relapse(service, state, now)
    return why === null ? [] : { name: service.name, why: why.sentence }
  })
  if (found.length === 0) return []
  const names = found.map(({ name }) => name)
  const told = found.map(({ name, why }) => `${name}: ${why}.`).join(' ')
  const sentence = `${listedBriefly(names)} ${names.length === 1 ? 'has' : 'have'} ${to.name}, and ${names.length === 1 ? 'is' : 'are'} not as asked for now. ${told} Whether ${to.name} is the reason cannot be told, and without ${from.name} nobody can go back.`
  const subjects = names.map((name) => ({ kind: 'service' as const, name }))
  return [warn('not-as-asked', sentence, subjects)]
}

const ids: Readonly<Record<ConsumerRole, string>> = {
  current: 'still-referred-to',
  'older-task': 'held-by-older-task',
  'rollback-target': 'held-by-rollback-target',
}

function standsAgainst(role: ConsumerRole, names: string, plan: RotationRecord): string {
  const { from, to } = plan
  switch (role) {
    case 'current':
      return `The spec of ${names} refers to ${from.name}: go on with this rotation to give it ${to.name} there, or take it out.`
    case 'older-task':
      return `A task of ${names} that was made from an older spec still holds ${from.name}: it is free once that task has been replaced.`
    case 'rollback-target':
      return `A rollback of ${names} would bring back ${from.name}. The next update of each, whatever it changes, frees it: from then on a rollback returns to a spec with ${to.name}.`
  }
}

/** Whether people are still to be able to go back to the old one. */
export const isWindowOpen = (
  { retireFrom }: RotationRecord,
  { swarm }: ClusterState,
  now: Millis,
): boolean => retireFrom !== null && now - swarm.clockAhead < Date.parse(retireFrom)

function verifiedWords(
  { sentence, from }: RotationRecord,
  checks: readonly Check[],
): string {
  const first = checks.find(({ level }) => level === 'block') ?? checks[0]
  return first
    ? `${sentence} ${from.name} stays for now. ${first.sentence}`
    : `${sentence} Nothing needs ${from.name} any more: it can be removed.`
}
