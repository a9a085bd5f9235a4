import type { Check, FieldChange, Preview, SpecSide } from '@skep/shared/contract/preview'

/** The parts of a preview that a person may have read already. */
export type Part = 'sentence' | 'from' | 'to' | 'afterwards' | 'command' | 'button'

/** What differs from the preview that was shown before. */
export type Marks = {
  parts: ReadonlySet<Part>
  /** By path; a field that no longer differs at all leaves no row to mark. */
  changes: ReadonlySet<string>
  /** By id. */
  checks: ReadonlySet<string>
}

/** What lies on the sheet: the preview in force, and what its reader did about it. */
export type Draft = {
  preview: Preview | null
  /** The arguments that the preview answers, as text. */
  question: string
  ticked: ReadonlySet<string>
  typed: string
  marks: Marks
  /** Why the preview was replaced: the facts moved, or the press was refused for it. */
  news: 'moved' | 'refused' | null
}

const noMarks: Marks = { parts: new Set(), changes: new Set(), checks: new Set() }

export const emptyDraft: Draft = {
  preview: null,
  question: '',
  ticked: new Set(),
  typed: '',
  marks: noMarks,
  news: null,
}

/**
 * The draft with a newer preview in place of its own. A warning stays ticked only if it
 * says what it said; what was typed stays. For the same question, whatever differs is
 * marked, beside what was marked before; another question is answered afresh. Pure.
 */
export function withPreview(draft: Draft, preview: Preview, question: string): Draft {
  const before = draft.preview
  const isUpdate = before !== null && draft.question === question
  // On one basis only counts drift, such as those of a crash loop: nothing to check again.
  const isDrift = isUpdate && before.basis === preview.basis
  const fresh = isUpdate && !isDrift ? marksBetween(before, preview) : noMarks
  return {
    ...draft,
    preview,
    question,
    ticked: stillTicked(draft, preview),
    marks: isUpdate ? union(draft.marks, fresh) : noMarks,
    news: isUpdate ? (isEmpty(fresh) ? draft.news : 'moved') : null,
  }
}

/** The draft after a press that was refused because the facts had moved. */
export const withRefusal = (draft: Draft, preview: Preview, question: string): Draft => ({
  ...withPreview(draft, preview, question),
  news: 'refused',
})

/** Ticks a warning or takes its tick away; whoever does has read it, so it is news no more. */
export function withTick(draft: Draft, id: string, on: boolean): Draft {
  const ticked = new Set(draft.ticked)
  if (on) ticked.add(id)
  else ticked.delete(id)
  const checks = new Set(draft.marks.checks)
  checks.delete(id)
  return { ...draft, ticked, marks: { ...draft.marks, checks } }
}

/** Whatever was new has been looked at. */
export const withNewsRead = (draft: Draft): Draft => ({
  ...draft,
  marks: noMarks,
  news: null,
})

/** What differs between two previews of one question, as far as it is shown. Pure. */
export function marksBetween(before: Preview, after: Preview): Marks {
  const parts: Part[] = []
  if (before.sentence !== after.sentence) parts.push('sentence')
  if (!sameSide(before.from, after.from)) parts.push('from')
  if (!sameSide(before.to, after.to)) parts.push('to')
  if (before.afterwards !== after.afterwards) parts.push('afterwards')
  if (before.command !== after.command) parts.push('command')
  if (before.button !== after.button) parts.push('button')
  return {
    parts: new Set(parts),
    changes: newIn(before.changes, after.changes, ({ path }) => path, sameChange),
    checks: newIn(before.checks, after.checks, ({ id }) => id, sameCheck),
  }
}

function stillTicked({ preview, ticked }: Draft, next: Preview): Set<string> {
  const before = new Map(preview?.checks.map((check) => [check.id, check]))
  const kept = next.checks.filter((check) => {
    const old = before.get(check.id)
    return ticked.has(check.id) && old !== undefined && sameCheck(old, check)
  })
  return new Set(kept.map(({ id }) => id))
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

const sameCheck = (a: Check, b: Check): boolean =>
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

const union = (a: Marks, b: Marks): Marks => ({
  parts: new Set([...a.parts, ...b.parts]),
  changes: new Set([...a.changes, ...b.changes]),
  checks: new Set([...a.checks, ...b.checks]),
})

const isEmpty = ({ parts, changes, checks }: Marks): boolean =>
  parts.size + changes.size + checks.size === 0
