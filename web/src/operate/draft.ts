import { isEmpty, type Marks, marksBetween, noMarks, sameCheck, union } from './marks.ts'
import type { AnyPreview } from './target.ts'

/** What lies on the sheet: the preview in force, and what its reader did about it. */
export type Draft = {
  preview: AnyPreview | null
  /** The arguments that the preview answers, as text. */
  question: string
  ticked: ReadonlySet<string>
  typed: string
  marks: Marks
  /** Why the preview was replaced: the facts moved, or the press was refused for it. */
  news: 'moved' | 'refused' | null
}

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
export function withPreview(draft: Draft, preview: AnyPreview, question: string): Draft {
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
export const withRefusal = (
  draft: Draft,
  preview: AnyPreview,
  question: string,
): Draft => ({
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

function stillTicked({ preview, ticked }: Draft, next: AnyPreview): Set<string> {
  const before = new Map(preview?.checks.map((check) => [check.id, check]))
  const kept = next.checks.filter((check) => {
    const old = before.get(check.id)
    return ticked.has(check.id) && old !== undefined && sameCheck(old, check)
  })
  return new Set(kept.map(({ id }) => id))
}
