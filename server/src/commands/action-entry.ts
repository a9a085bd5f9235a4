import { instant } from '../domain/instant.ts'
import type { NewEntry } from '../memory/journal.ts'
import { clock } from '../mirror/clock.ts'

/** An entry of the journal for what a person does here and now, which is no operation. */
export const actionEntry = (
  subject: NewEntry['subject'],
  sentence: string,
  actor: string | null,
): NewEntry => ({
  at: instant(clock.now()),
  kind: 'action',
  tone: 'neutral',
  subject,
  related: [],
  slot: null,
  sentence,
  cause: null,
  actor,
  operation: null,
})
