import { type Dispatch, type SetStateAction, useState } from 'react'
import { type Draft, emptyDraft, withPreview } from './draft.ts'
import type { AnyPreview } from './target.ts'

/** The draft on the sheet; takes each preview that is read, in place. */
export function useDraft(
  read: AnyPreview | undefined,
  question: string | null,
): [Draft, Dispatch<SetStateAction<Draft>>] {
  const [draft, setDraft] = useState(emptyDraft)
  if (read && question !== null && read !== draft.preview) {
    const next = withPreview(draft, read, question)
    setDraft(next)
    return [next, setDraft]
  }
  return [draft, setDraft]
}
