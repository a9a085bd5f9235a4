import { z } from 'zod'
import { NodePreview } from './node-preview.ts'
import { Check, Preview } from './preview.ts'
import { RotationPreview } from './rotation.ts'
import { StoredPreview } from './stored.ts'

/** Whatever a commit may answer. */
export const AnyPreview = z.union([Preview, NodePreview, RotationPreview, StoredPreview])
export type AnyPreview = z.infer<typeof AnyPreview>

/** Every refusal, as application/problem+json: what happened and what to do next. */
export const Problem = z
  .object({
    code: z.string().describe('Stable, for programs'),
    title: z.string().describe('What happened, in one sentence'),
    status: z.number().int(),
    detail: z.string().optional().describe("The engine's own words, where there are any"),
    next: z.string().describe('What to do about it'),
    requestId: z.string(),
    preview: AnyPreview.optional().describe(
      'As it is now, where the one answered is outdated',
    ),
    checks: z.array(Check).optional().describe('What stands in the way'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
