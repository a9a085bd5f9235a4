import type { Check, SpecSide } from '@skep/shared/contract/preview'
import { counted } from '../words.ts'
import { block, info, itself, warn } from './check.ts'
import { type Consequence, consequence } from './consequence.ts'
import type { Situation } from './situation.ts'
import { digestOf, imageOf, replicasOf, type SpecDocument } from './spec-document.ts'
import { placementChecks } from './update-checks.ts'

/**
 * What to know of a spec of earlier times before going back to it. The swarm checks none of
 * this for a rollback: it looks at the spec of today only.
 * @see moby/swarmkit manager/controlapi/service.go, UpdateService
 */
export const targetChecks = (
  on: Situation,
  target: SpecDocument,
  what: Consequence = consequence(on, target),
): Check[] => [
  ...missing(on, target),
  ...networks(on, target),
  ...pinning(target),
  ...replicas(on, target),
  ...placementChecks(on, target, what, 'target-not-placeable'),
]

function missing(on: Situation, { TaskTemplate }: SpecDocument): Check[] {
  const { Secrets, Configs } = TaskTemplate.ContainerSpec ?? {}
  const secrets = (Secrets ?? []).map(({ SecretID: id, SecretName: name }) => ({
    id,
    name,
  }))
  const configs = (Configs ?? []).map(({ ConfigID: id, ConfigName: name }) => ({
    id,
    name,
  }))
  return [...gone('secret', secrets, on.secrets), ...gone('config', configs, on.configs)]
}

function gone(
  kind: 'secret' | 'config',
  used: readonly { readonly id: string | undefined; readonly name: string }[],
  existing: ReadonlySet<string> | null,
): Check[] {
  if (used.length === 0) return []
  if (existing === null) {
    const sentence = `The ${kind}s of the swarm could not be read: whether those of the target exist cannot be told.`
    return [warn(`${kind}s-unreadable`, sentence)]
  }
  const names = new Set(
    used.flatMap(({ id, name }) => (id !== undefined && existing.has(id) ? [] : name)),
  )
  if (names.size === 0) return []
  const subjects = [...names].sort().map((name) => ({ kind, name }))
  const which = counted(names.size, `${kind} that does`, `${kind}s that do`)
  const list = subjects.map(({ name }) => name).join(', ')
  return [
    block(
      `target-${kind}-missing`,
      `The target uses ${which} not exist any more: ${list}. Its tasks could not start.`,
      subjects,
    ),
  ]
}

/** Networks of one node, such as `host`, are not listed: what is in use now does exist. */
function networks(on: Situation, target: SpecDocument): Check[] {
  const idsOf = ({ TaskTemplate, Networks }: SpecDocument) =>
    [...(TaskTemplate.Networks ?? []), ...(Networks ?? [])].map(({ Target }) => Target)
  const inUse = new Set(idsOf(on.document))
  const lost = idsOf(target).filter((id) => !inUse.has(id) && !on.state.networks.has(id))
  if (lost.length === 0) return []
  const subjects = [...new Set(lost)].map((id) => ({
    kind: 'network' as const,
    name: on.networkName(id),
  }))
  const sentence = `The target joins ${counted(subjects.length, 'network')} that the swarm does not list any more. Its tasks may never get an address.`
  return [warn('target-network-missing', sentence, subjects)]
}

function pinning(target: SpecDocument): Check[] {
  const image = imageOf(target)
  if (image === '' || digestOf(image) !== null) return []
  const sentence =
    'The image is named by tag without a digest: what the tag means by now, each node finds out by itself.'
  return [warn('image-without-digest', sentence, [{ kind: 'image', name: image }])]
}

function replicas(on: Situation, target: SpecDocument): Check[] {
  const then = replicasOf(target)
  if (on.replicas === null || then === null || on.replicas === then) return []
  const sentence = `Everything in the spec goes back, the number of replicas too: from ${on.replicas} to ${then}.`
  return [info('changes-replicas', sentence, itself(on))]
}

export const sideOf = (
  document: SpecDocument,
  since: string | null,
  label: string,
): SpecSide => {
  const image = imageOf(document)
  return { image, digest: digestOf(image), since, label }
}
