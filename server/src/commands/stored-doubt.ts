import type { StoredKind } from '@skep/shared/contract/stored'
import type { DockerApi } from '../docker/api.ts'
import type { DockerError } from '../docker/errors.ts'
import { listed } from '../domain/words.ts'
import { Refusal } from './refusal.ts'
import { callsFor } from './stored-calls.ts'

/** What is told of a creation or a removal whose answer was lost, or that came too late. */

/**
 * The ids of all secrets, or configs, by their names, as the engine has them now; null where
 * it does not say.
 */
export const idsNow = (
  kind: StoredKind,
  api: DockerApi,
): Promise<ReadonlyMap<string, string> | null> =>
  callsFor(kind, api)
    .list()
    .then(
      (all) => new Map(all.map(({ ID, Spec }) => [Spec.Name, ID])),
      () => null,
    )

/** The engine may have done it, and may still do it: nothing is said of how it stands. */
export const cannotBeTold = (
  { kind, message }: DockerError,
  name: string,
  done: 'created' | 'removed',
): Refusal =>
  new Refusal({
    status: 502,
    code: `engine-${kind}`,
    title: `Whether ${name} was ${done} cannot be told: ${message}`,
    next:
      done === 'created'
        ? 'Look for it in the list in a minute. To create it again is safe: if it is there, that is refused.'
        : 'Look for it in the list in a minute. To remove it again is safe.',
  })

/** A refusal in the midst of several removals, which says what is gone all the same. */
export function afterGone(refusal: Refusal, gone: readonly string[]): Refusal {
  if (gone.length === 0) return refusal
  const { refused } = refusal
  const are = gone.length === 1 ? 'is' : 'are'
  return new Refusal({
    ...refused,
    title: `${listed(gone)} ${are} gone already. Then: ${refused.title}`,
  })
}
