import type { Statefulness, Storage } from '@skep/shared/contract/stateful'
import { storageWords } from '@skep/shared/vocabulary'
import { momentOf } from '../journal/journal-words.ts'

/** What a list of stateful services counts by: each service is in one group, its gravest. */
export type Fate = (typeof fates)[number]
export const fates = [
  'misplaced',
  'copies',
  'starts-empty',
  'cannot-tell',
  'refuses',
  'keeps',
] as const

export function fateOf({
  placement,
  class: kind,
  ifItMoves,
}: Pick<Statefulness, 'placement' | 'class' | 'ifItMoves'>): Fate {
  if (placement === 'misplaced') return 'misplaced'
  if (kind === 'replicas-on-local') return 'copies'
  return ifItMoves
}

/**
 * Where data lies, or might. What only reads and what is known to hold none is left out, and
 * so is the layer that every container has, unless it is known to hold some.
 */
export const dataPlaces = ({ storage }: Pick<Statefulness, 'storage'>): Storage[] =>
  storage.filter(
    ({ holdsData, readOnly, kind }) =>
      holdsData ?? (!readOnly && kind !== 'container-layer'),
  )

/** Whether a volume or path is of this node alone. */
const isNodeLocal = ({ kind }: Storage): boolean =>
  kind === 'local-volume' || kind === 'bind' || kind === 'anonymous'

/** "local volume": what a place is, and what drives it if that is not in its kind. */
export function kindWords(storage: Storage): string {
  const { kind, driver } = storage
  const named = driver !== null && driver !== 'local' && !isNodeLocal(storage)
  return named ? `${storageWords[kind]} (${driver})` : storageWords[kind]
}

/** "pgdata, local volume" */
export const placeWords = (storage: Storage): string =>
  `${storage.source ?? storage.target}, ${kindWords(storage)}`

/** All in one sentence, for the head of the page. */
export function statefulSentence(
  services: readonly Pick<Statefulness, 'placement' | 'class' | 'ifItMoves'>[],
): string {
  if (services.length === 0) return 'No service holds data, as far as can be told.'
  const count = (fate: Fate) => services.filter((one) => fateOf(one) === fate).length
  const parts = [
    count('misplaced') > 0 && `${count('misplaced')} misplaced`,
    count('copies') > 0 &&
      `${count('copies')} ${count('copies') === 1 ? 'has' : 'have'} copies that differ`,
    count('starts-empty') > 0 && `${count('starts-empty')} would start empty elsewhere`,
    count('cannot-tell') > 0 && `of ${count('cannot-tell')} it cannot be told`,
  ].filter((part) => part !== false)
  const total =
    services.length === 1 ? '1 service holds data' : `${services.length} services hold data`
  if (parts.length === 0) return `${total}; none would lose it by moving.`
  return `${total}: ${parts.join(', ')}.`
}

/**
 * How far back moves are known, by the console's own watch and by the old tasks that the
 * swarm still lists: said, so that "not seen" is not taken for "never".
 *
 * @param now of the swarm, in milliseconds
 */
export function watchedWords(since: string | null, now: number): string {
  if (since === null)
    return 'Where volumes were before is not known: nothing is remembered yet.'
  const from = momentOf(Date.parse(since), now)
  return `Watched since ${from}; earlier moves are known only from tasks that are still listed.`
}
