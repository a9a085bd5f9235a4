import type { Check, Consent, Preview } from '@skep/shared/contract/preview'
import type { RotationPreview } from '@skep/shared/contract/rotation'
import type { StoredPreview } from '@skep/shared/contract/stored'
import type { RotationRecord } from '../domain/rotation-record.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { Refusal } from './refusal.ts'
import type { RotationBook } from './rotation-book.ts'
import type { RotationOperations } from './rotation-operations.ts'
import type { createSeal } from './seal.ts'
import type { ServiceCommands } from './service-commands.ts'

/** What an act on a rotation would do: to a service, to its consumers, to the old version. */
export type ActPreview = Preview | RotationPreview | StoredPreview

/** What a look at an act found: what it would do, and how to do it. */
export type ActLook = {
  /** Its basis is sealed. */
  readonly preview: ActPreview
  /** What stands between this consent and the act. */
  against(consent: Consent): Check[]
  /**
   * Does it, and answers what that makes of the rotation.
   * @throws Refusal, DockerError
   */
  carryOut(consent: Consent, actor: string): Promise<Became>
}

/**
 * What a rotation becomes, of however it stands in the memory by then: another console on
 * that memory may have written it since.
 */
export type Became = (plan: RotationRecord) => RotationRecord

export type ActDeps = {
  mirror: Mirror
  memory: Pick<Memory<Tracking>, 'rotations'>
  commands: ServiceCommands
  readOnly: boolean
  book: RotationBook
  sent: RotationOperations
  sealed: ReturnType<typeof createSeal>
}

/** It makes no sense for a rotation that stands as this one does. */
export const outOfPlace = ({ from }: RotationRecord, why: string): Refusal =>
  new Refusal({
    status: 409,
    code: 'rotation-elsewhere',
    title: `That does not fit the rotation of ${from.name}: ${why}`,
    next: 'See how the rotation stands, and what it offers.',
  })

/** What the journal tells of a consent, behind what was done. */
export const knowing = ({ acknowledged }: Pick<Consent, 'acknowledged'>): string =>
  acknowledged.length > 0 ? `, knowing of: ${acknowledged.join(', ')}` : ''
