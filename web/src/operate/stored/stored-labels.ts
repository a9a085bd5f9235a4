import { type LabelDraft, labelRows, labelsQuestion } from '../label-draft.ts'

/** The most that the contract takes of the key of a label. */
const longestKey = 200

/** The lines of the labels that a new secret or config is to have, and what they come to. */
export function storedLabels(draft: LabelDraft) {
  const rows = labelRows({}, draft)
  const question = labelsQuestion(rows, longestKey)
  const errors = question.state === 'wrong' ? question.errors : {}
  return { rows, errors, labels: labelsOf(question.state === 'wrong' ? {} : draft) }
}

/** By key. Lines that are still to be filled in are left out. */
function labelsOf({ added = [] }: Partial<LabelDraft>): Record<string, string> {
  const named = added.map(({ key, value }) => [key.trim(), value] as const)
  return Object.fromEntries(named.filter(([key]) => key !== ''))
}
