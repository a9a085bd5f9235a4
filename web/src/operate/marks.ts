import type { AffectedTask, NodePreview } from '@skep/shared/contract/node-preview'
import type { Check, FieldChange, Preview, SpecSide } from '@skep/shared/contract/preview'
import type { RotationPreview } from '@skep/shared/contract/rotation'
import type { StoredPreview } from '@skep/shared/contract/stored'
import type { AnyPreview } from './target.ts'

/** The parts of a preview that a person may have read already. */
export type Part =
  | 'sentence'
  | 'from'
  | 'to'
  | 'afterwards'
  | 'command'
  | 'button'
  | 'capacity'
  | 'quorum'

/** What differs from the preview that was shown before. */
export type Marks = {
  parts: ReadonlySet<Part>
  /** Fields by path and what happens to tasks by `rowKey`; what is gone leaves no mark. */
  changes: ReadonlySet<string>
  /** By id. */
  checks: ReadonlySet<string>
}

export const noMarks: Marks = { parts: new Set(), changes: new Set(), checks: new Set() }

/** Names a row of a node's preview, for its mark. */
export const rowKey = {
  task: ({ service, slot }: Pick<AffectedTask, 'service' | 'slot'>) =>
    `task ${service} ${slot}`,
  dip: (service: string) => `dip ${service}`,
  gain: (service: string) => `gain ${service}`,
  loss: (service: string) => `loss ${service}`,
  removed: (name: string) => `removed ${name}`,
  consumer: (service: string) => `consumer ${service}`,
} as const

/** What differs between two previews of one question, as far as it is shown. Pure. */
export function marksBetween(before: AnyPreview, after: AnyPreview): Marks {
  const parts: Part[] = []
  if (before.sentence !== after.sentence) parts.push('sentence')
  if (afterwardsOf(before) !== afterwardsOf(after)) parts.push('afterwards')
  if (before.command !== after.command) parts.push('command')
  if (before.button !== after.button) parts.push('button')
  const own = ownMarks(before, after)
  return {
    parts: new Set([...parts, ...own.parts]),
    changes: own.changes,
    checks: newIn(before.checks, after.checks, ({ id }) => id, sameCheck),
  }
}

/** What there is to say of the time after; not every preview does. */
export const afterwardsOf = (preview: AnyPreview): string | null =>
  'afterwards' in preview ? preview.afterwards : null

type OwnMarks = { parts: Part[]; changes: Set<string> }

function ownMarks(before: AnyPreview, after: AnyPreview): OwnMarks {
  if ('node' in before && 'node' in after) return nodeMarks(before, after)
  if ('service' in before && 'service' in after) return serviceMarks(before, after)
  if ('names' in before && 'names' in after) return storedMarks(before, after)
  if ('consumers' in before && 'consumers' in after) return rotationMarks(before, after)
  return { parts: [], changes: new Set() }
}

const storedMarks = (before: StoredPreview, after: StoredPreview): OwnMarks => ({
  parts: [],
  changes: newIn(before.names, after.names, rowKey.removed, () => true),
})

const rotationMarks = (before: RotationPreview, after: RotationPreview): OwnMarks => ({
  parts: [],
  changes: newIn(
    before.consumers,
    after.consumers,
    ({ service }) => rowKey.consumer(service),
    same,
  ),
})

function serviceMarks(before: Preview, after: Preview): OwnMarks {
  const parts: Part[] = []
  if (!sameSide(before.from, after.from)) parts.push('from')
  if (!sameSide(before.to, after.to)) parts.push('to')
  return {
    parts,
    changes: newIn(before.changes, after.changes, ({ path }) => path, sameChange),
  }
}

function nodeMarks(before: NodePreview, after: NodePreview): OwnMarks {
  const parts: Part[] = []
  if (!same(before.capacity, after.capacity)) parts.push('capacity')
  if (before.quorum?.sentence !== after.quorum?.sentence) parts.push('quorum')
  const dip = ({ service }: { service: string }) => rowKey.dip(service)
  const gain = ({ service }: { service: string }) => rowKey.gain(service)
  const sameSentence = (a: { sentence: string }, b: { sentence: string }) =>
    a.sentence === b.sentence
  return {
    parts,
    changes: new Set([
      ...newIn(before.tasks, after.tasks, rowKey.task, sameTask),
      ...newIn(before.services, after.services, dip, sameSentence),
      ...newIn(before.gains, after.gains, gain, sameSentence),
      ...newIn(before.losesOnlyNode, after.losesOnlyNode, rowKey.loss, () => true),
    ]),
  }
}

function newIn<T>(
  before: T[],
  after: T[],
  keyOf: (item: T) => string,
  same: (a: T, b: T) => boolean,
): Set<string> {
  const old = new Map(before.map((item) => [keyOf(item), item]))
  const fresh = after.filter((item) => {
    const was = old.get(keyOf(item))
    return was === undefined || !same(was, item)
  })
  return new Set(fresh.map(keyOf))
}

// Plain data that the server always spells in the same order.
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

// Its id and its state come and go while it restarts; what becomes of it is what counts.
const sameTask = (a: AffectedTask, b: AffectedTask): boolean =>
  a.outcome === b.outcome &&
  a.data === b.data &&
  a.why === b.why &&
  a.dataWhy === b.dataWhy &&
  a.blockedBy === b.blockedBy &&
  a.returns === b.returns &&
  same(a.candidates, b.candidates)

/** Whether a check says what it said. */
export const sameCheck = (a: Check, b: Check): boolean =>
  a.level === b.level &&
  a.sentence === b.sentence &&
  a.subjects.length === b.subjects.length &&
  a.subjects.every(
    ({ kind, name }, i) => b.subjects[i]?.kind === kind && b.subjects[i]?.name === name,
  )

// Of hidden values nothing is known but that they differ, before and after.
const sameChange = (a: FieldChange, b: FieldChange): boolean =>
  a.before === b.before &&
  a.after === b.after &&
  a.hidden === b.hidden &&
  a.restarts === b.restarts

const sameSide = (a: SpecSide | null, b: SpecSide | null): boolean =>
  a?.image === b?.image &&
  a?.digest === b?.digest &&
  a?.since === b?.since &&
  a?.label === b?.label

export const union = (a: Marks, b: Marks): Marks => ({
  parts: new Set([...a.parts, ...b.parts]),
  changes: new Set([...a.changes, ...b.changes]),
  checks: new Set([...a.checks, ...b.checks]),
})

export const isEmpty = ({ parts, changes, checks }: Marks): boolean =>
  parts.size + changes.size + checks.size === 0
