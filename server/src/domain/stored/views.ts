import type { Consumer, Stored, StoredFlag, StoredKind } from '@skep/shared/contract/stored'
import { safeLabel } from '../commands/safe-text.ts'
import { instant } from '../instant.ts'
import type { ClusterState, Millis, StoredFacts } from '../state.ts'
import { consumersOf } from './consumers.ts'
import { allStored } from './of-kind.ts'
import { newestFirst, versionOf } from './version-family.ts'
import { areVolumesUnknown, volumeHoldersOf } from './volume-holders.ts'

const day = 86_400_000
/** A secret that more services than this can read is nobody's own any more. */
const fewServices = 5

/** All secrets, or all configs, by name, each with who uses it and what to look at. */
export function storedViews(kind: StoredKind, state: ClusterState, now: Millis): Stored[] {
  const all = allStored(kind, state)
  const consumers = consumersOf(state)
  const holders = kind === 'secret' ? volumeHoldersOf(state) : null
  const isOpen = kind === 'secret' && areVolumesUnknown(state)
  const newest = newestOf(all)
  return all
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((facts) => {
      const { family, version } = versionOf(facts)
      const isNewest = newest.has(facts)
      const users = consumers.get(facts.id) ?? []
      const volumes = holders?.get(facts.id) ?? []
      return {
        id: facts.id,
        kind,
        name: facts.name,
        family,
        version,
        newest: isNewest,
        createdAt: instant(facts.createdAt),
        updatedAt: instant(facts.updatedAt),
        labels: labelsOf(facts),
        stack: facts.stack,
        driver: facts.driver,
        templating: facts.templating,
        bytes: facts.bytes,
        consumers: [...users],
        volumes: [...volumes],
        flags: flagsOf(kind, facts, users, {
          isNewest,
          now,
          mayBeOfVolumes: isOpen || volumes.length > 0,
        }),
      }
    })
}

/** The members of a family, newest first. */
export const familyMembers = (
  kind: StoredKind,
  family: string,
  state: ClusterState,
): StoredFacts[] =>
  newestFirst(allStored(kind, state).filter((one) => versionOf(one).family === family))

function newestOf(all: readonly StoredFacts[]): ReadonlySet<StoredFacts> {
  const families = Map.groupBy(all, (one) => versionOf(one).family)
  return new Set(families.values().flatMap((members) => newestFirst(members).slice(0, 1)))
}

/** Facts never change, and each label is searched for credentials. */
const safeLabels = new WeakMap<StoredFacts, Record<string, string>>()

function labelsOf(facts: StoredFacts): Record<string, string> {
  const known = safeLabels.get(facts)
  if (known) return known
  const entries = Object.entries(facts.labels)
  const labels = Object.fromEntries(
    entries.map(([key, value]) => [key, safeLabel(key, value)]),
  )
  safeLabels.set(facts, labels)
  return labels
}

function flagsOf(
  kind: StoredKind,
  facts: StoredFacts,
  consumers: readonly Consumer[],
  {
    isNewest,
    now,
    mayBeOfVolumes,
  }: {
    readonly isNewest: boolean
    readonly now: Millis
    /** Whether the driver of a cluster volume is given it, or that cannot be told. */
    readonly mayBeOfVolumes: boolean
  },
): StoredFlag[] {
  const holding = consumers.filter(({ roles }) =>
    roles.some((role) => role !== 'rollback-target'),
  )
  const isNamed = consumers.some(({ roles }) => roles.includes('current'))
  const flags: Readonly<Record<StoredFlag, boolean>> = {
    unused: consumers.length === 0 && !mayBeOfVolumes,
    'only-rollback': consumers.length > 0 && holding.length === 0 && !mayBeOfVolumes,
    'old-version': !isNewest,
    'shared-widely': holding.length > fewServices,
    'credential-like': kind === 'config' && facts.credentialLike,
    // Of an older version too, as long as the spec of a service names it.
    'rotation-due': (isNewest || isNamed) && isRotationDue(facts, now),
  }
  return flagOrder.filter((flag) => flags[flag])
}

const flagOrder = [
  'unused',
  'only-rollback',
  'old-version',
  'shared-widely',
  'credential-like',
  'rotation-due',
] as const satisfies readonly StoredFlag[]

/** By the label `rotation-days`; the value of an object is as old as the object. */
function isRotationDue({ labels, createdAt }: StoredFacts, now: Millis): boolean {
  const text = Object.hasOwn(labels, 'rotation-days') ? labels['rotation-days'] : undefined
  if (text === undefined || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return false
  return now - createdAt > Number(text) * day
}
