import type { Check } from '@skep/shared/contract/preview'
import type { AnyPreview } from '@skep/shared/contract/problem'
import type { DockerError, DockerErrorKind } from '../docker/errors.ts'
import { Refusal } from './refusal.ts'

/** Why a command is not carried out, in words that say what to do next. */

/** Answers that leave open whether the engine did what it was asked. */
export const doubtful: ReadonlySet<DockerErrorKind> = new Set([
  'timeout',
  'unreachable',
  'no-quorum',
  'protocol',
])

/** The preview that was answered is not the preview of now, which comes along. */
export const changedSince = (name: string, preview: AnyPreview): Refusal =>
  new Refusal({
    status: 409,
    code: 'preview-outdated',
    title: `${name} changed since you opened this.`,
    next: 'The preview is updated; check it again.',
    preview,
  })

/** A check stands in the way: a block, a warning that was not ticked, a name not typed. */
export function checksOpen(
  { title, checks }: Pick<AnyPreview, 'title' | 'checks'>,
  standing: readonly Check[],
): Refusal {
  const blocks = standing.filter(({ level }) => level === 'block')
  const [first] = blocks.length > 0 ? blocks : standing
  return new Refusal({
    status: 422,
    code: 'checks-open',
    title: `${title}: ${first?.sentence ?? 'nothing would change.'}`,
    next:
      blocks.length > 0
        ? 'See to what stands in the way, then look again.'
        : 'Acknowledge each warning by its id, and type the name where it is asked for.',
    checks: standing.length > 0 ? [...standing] : checks,
  })
}

/** What cannot be written down is not done: nobody could tell later who did it. */
export const notWrittenDown = (error: unknown): Refusal =>
  new Refusal({
    status: 503,
    code: 'memory-away',
    title: 'Nothing was sent: the console cannot write down what it is about to do.',
    next: 'See to the database of the console, then press again.',
    ...(error instanceof Error && { detail: error.message }),
  })

export const engineRefused = (failure: DockerError, name: string): Refusal =>
  new Refusal({
    status: 502,
    code: `engine-${failure.kind}`,
    title: `The engine refused: ${failure.message}`,
    next: `Nothing of ${name} was changed. See the state of the swarm, then look again.`,
  })
