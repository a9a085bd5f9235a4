import type { Check, Preview, SpecSide } from '@skep/shared/contract/preview'
import { type Consequence, nothingHappens } from './consequence.ts'
import type { SpecDocument } from './spec-document.ts'

/** What goes to the engine: a whole spec, or the end of the service. */
export type Write =
  | { readonly kind: 'update'; readonly document: SpecDocument; readonly rollback: boolean }
  | { readonly kind: 'remove' }

/** What one kind of command comes to, before what all of them have in common. */
export type Plan = Pick<Preview, 'title' | 'sentence' | 'command' | 'afterwards'> & {
  /** What the service would be asked for; null where there is nothing to ask. */
  readonly after: SpecDocument | null
  readonly write: Write | null
  readonly consequence: Consequence
  readonly checks: readonly Check[]
  readonly from?: SpecSide
  readonly to?: SpecSide
}

/** A plan that is refused before it says what it would write. */
export const refused = (
  plan: Pick<Plan, 'title' | 'sentence' | 'command' | 'checks'>,
): Plan => ({
  ...plan,
  after: null,
  write: null,
  afterwards: null,
  consequence: nothingHappens,
})

/** A plan that writes a spec as an ordinary update. */
export const update = (after: SpecDocument, plan: Omit<Plan, 'after' | 'write'>): Plan => ({
  ...plan,
  after,
  write: { kind: 'update', document: after, rollback: false },
})
