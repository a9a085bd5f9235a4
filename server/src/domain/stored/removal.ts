import type { Check } from '@skep/shared/contract/preview'
import type { StoredKind, StoredPreview } from '@skep/shared/contract/stored'
import { basisOfChecks, block, inOrder } from '../commands/check.ts'
import { digestOfText } from '../commands/digest-of-text.ts'
import { shellLine } from '../commands/shell.ts'
import { type Standing, standing } from '../commands/standing.ts'
import { instant } from '../instant.ts'
import { nodeFacts } from '../node-facts.ts'
import type { RotationRecord } from '../rotation-record.ts'
import type { StoredFacts } from '../state.ts'
import { counted } from '../words.ts'
import { consumersOf } from './consumers.ts'
import { storedNamed } from './of-kind.ts'
import { prunePlan } from './prune.ts'
import { forGood, heldByRotation, inUse, newestGoes } from './removal-checks.ts'
import { familyOf } from './version-family.ts'
import { familyMembers } from './views.ts'
import { heldByVolumes } from './volume-holders.ts'

/** What a removal is judged on: rotations that are not over need what they are about. */
export type RemovalFacts = Standing & { readonly rotations: readonly RotationRecord[] }

/**
 * What removing one secret or config would do, and what stands against it: any spec, running
 * task, rollback target or cluster volume that names it. Null where there is none of that
 * name. The basis is a digest, to be sealed on its way out like that of any other preview.
 */
export function removalPreview(
  kind: StoredKind,
  name: string,
  facts: RemovalFacts,
): StoredPreview | null {
  const stored = storedNamed(kind, name, facts.state)
  if (!stored) return null
  const { family } = familyOf(name)
  const members = familyMembers(kind, family, facts.state).map((member) => member.name)
  return preview(kind, [stored], facts, {
    title: `Remove ${kind} ${name}`,
    sentence: `${name} is gone for good. No task restarts.`,
    typed: name,
    keeps: members.filter((other) => other !== name),
    notes: [],
  })
}

/**
 * The same for the versions of a family beyond its newest ones; those that are in use are
 * kept, and said to be. Null where there is no such family.
 * @param keep how many of the newest stay, for a rollback; at least one
 */
export function prunePreview(
  kind: StoredKind,
  family: string,
  keep: number,
  facts: RemovalFacts,
): StoredPreview | null {
  const { goes, stays, checks } = prunePlan(kind, family, keep, facts.state)
  if (goes.length + stays.length === 0) return null
  const members = familyMembers(kind, family, facts.state)
  const going = members.filter(({ name }) => goes.includes(name))
  const kept = `${counted(stays.length, 'version')} of ${family} ${stays.length === 1 ? 'stays' : 'stay'}.`
  return preview(kind, going, facts, {
    title: `Remove ${counted(goes.length, 'old version')} of ${family}`,
    sentence:
      goes.length === 0
        ? `Nothing goes: ${kept}`
        : `${goes.join(', ')} ${goes.length === 1 ? 'is' : 'are'} gone for good, ${kept}`,
    typed: family,
    keeps: stays,
    notes:
      goes.length === 0
        ? [...checks, block('nothing-goes', `No old version of ${family} is free to go.`)]
        : checks,
  })
}

type Words = Pick<StoredPreview, 'title' | 'sentence' | 'typed'> & {
  readonly keeps: readonly string[]
  readonly notes: readonly Check[]
}

function preview(
  kind: StoredKind,
  goes: readonly StoredFacts[],
  facts: RemovalFacts,
  { title, sentence, typed, keeps, notes }: Words,
): StoredPreview {
  const { state, now } = facts
  const names = goes.map(({ name }) => name)
  const checks = inOrder([
    ...standing({ ...facts, nodes: nodeFacts(state.nodes) }),
    ...inUse(kind, goes, consumersOf(state)),
    ...heldByVolumes(kind, goes, state),
    ...newestGoes(kind, goes, state),
    ...heldByRotation(kind, goes, facts.rotations, facts),
    ...notes,
    ...forGood(kind, goes),
  ])
  return {
    kind: 'remove',
    names,
    keeps: [...keeps],
    asOf: instant(now),
    basis: basis(kind, goes, checks),
    title,
    sentence,
    button: title,
    checks,
    command: names.length === 0 ? '' : shellLine('docker', kind, 'rm', ...names),
    typed,
  }
}

/**
 * What goes, and what stands against that. A label that was edited meanwhile changes nothing
 * of it, for objects never change; nor does a version that stays.
 */
const basis = (
  kind: StoredKind,
  goes: readonly StoredFacts[],
  checks: readonly Check[],
): string =>
  digestOfText(
    JSON.stringify([kind, goes.map(({ id, name }) => [id, name]), basisOfChecks(checks)]),
  )
