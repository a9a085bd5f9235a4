import type { Check, Consent } from '@skep/shared/contract/preview'
import { counted } from '../ui/words.ts'
import type { Draft } from './draft.ts'
import type { AnyPreview } from './target.ts'

/** Why the button does not act, and where on the sheet that is mended, if it can be. */
export type Obstacle = {
  reason: string
  at: 'fields' | 'block' | 'warning' | 'typed' | null
}

export type Circumstances = {
  /** No command can be given to this swarm now, and why. */
  standstill: string | null
  /** The question in the fields; null while they hold none. */
  question: string | null
  /** Why they hold none. */
  unasked: string | null
  /** What a press needs besides, and the preview does not; null while it is there. */
  wanting?: string | null
}

/** The first thing that stands between a draft and its press; null when nothing does. */
export function obstacleOf(draft: Draft, around: Circumstances): Obstacle | null {
  const { preview } = draft
  if (around.standstill !== null) return { reason: around.standstill, at: null }
  if (around.question === null) return { reason: around.unasked ?? '', at: 'fields' }
  if (preview === null || draft.question !== around.question)
    return { reason: 'The preview is being read.', at: null }
  if (around.wanting) return { reason: around.wanting, at: 'fields' }
  const blocks = preview.checks.filter(({ level }) => level === 'block')
  if (blocks.length > 0) return { reason: blockReason(blocks), at: 'block' }
  const open = openWarnings(preview, draft.ticked).length
  if (open > 0) return { reason: `${counted(open, 'warning')} to tick.`, at: 'warning' }
  if (preview.typed !== null && draft.typed.trim() !== preview.typed)
    return { reason: `Type ${preview.typed} to confirm.`, at: 'typed' }
  return null
}

function blockReason([first, ...others]: Check[]): string {
  const more = others.length > 0 ? ` And ${others.length} more.` : ''
  return `${first?.sentence ?? ''}${more}`
}

/** The warnings that nobody has ticked yet. */
export const openWarnings = ({ checks }: AnyPreview, ticked: ReadonlySet<string>) =>
  checks.filter(({ id, level }) => level === 'warn' && !ticked.has(id))

/** What is sent of a draft whose preview meets no obstacle. */
export function consentOf(preview: AnyPreview, { ticked, typed }: Draft): Consent {
  const warnings = preview.checks.filter(
    ({ id, level }) => level === 'warn' && ticked.has(id),
  )
  return {
    basis: preview.basis,
    acknowledged: warnings.map(({ id }) => id),
    ...(preview.typed !== null && { typed: typed.trim() }),
  }
}
