import type { Attention } from '@skep/shared/contract/attention'
import { earliest } from './earliest.ts'
import type { Millis } from './state.ts'

/** What is shown of an entity, and what it needs somebody for. */
export type Judged<V> = { readonly view: V; readonly attention: readonly Attention[] }

/** A judgement, and until when it holds with the same facts. */
export type Entry<V> = { readonly value: Judged<V>; readonly until: Millis | null }

/** A view, and the one of the same entity that it took the place of. */
export type Change<V> = { readonly was: V; readonly is: V }

/** The judgements of all entities of one kind, each in the place that its entity has. */
export type Judgements<V> = {
  readonly entries: readonly Entry<V>[]
  readonly views: readonly V[]
  /** The very same list while nothing in it changed. */
  readonly alarms: readonly Attention[]
  readonly ids: readonly string[]
  readonly places: ReadonlyMap<string, number>
  /** When those are to be judged anew that do not hold for good, by their places. */
  readonly turns: ReadonlyMap<number, Millis>
  /** The views that are others than in the judgements before; null where any may be. */
  readonly changed: readonly Change<V>[] | null
}

type Judge<E, V> = (entity: E) => Entry<V>

/** Judges every one of them. */
export function judgeAll<E, V>(
  entities: ReadonlyMap<string, E>,
  judge: Judge<E, V>,
): Judgements<V> {
  const ids = [...entities.keys()]
  const entries = [...entities.values()].map(judge)
  return {
    entries,
    views: entries.map(({ value: { view } }) => view),
    alarms: entries.flatMap(({ value: { attention } }) => attention),
    ids,
    places: new Map(ids.map((id, place) => [id, place])),
    turns: turnsAfter(new Map(), entries.entries()),
    changed: null,
  }
}

/**
 * The judgements after a change of a few: judged anew are those, and whichever's time is up.
 * For the rest, which are thousands, nothing is done.
 * @param before of entities of the same ids in the same order
 * @param others ids of those whose facts are others than before
 */
export function judgeChanged<E, V>(
  entities: ReadonlyMap<string, E>,
  before: Judgements<V>,
  others: ReadonlySet<string>,
  { now, judge }: { readonly now: Millis; readonly judge: Judge<E, V> },
): Judgements<V> {
  const places = new Set<number>()
  for (const [place, turn] of before.turns) if (turn <= now) places.add(place)
  for (const id of others) {
    const place = before.places.get(id)
    if (place !== undefined) places.add(place)
  }
  const anew = [...places].flatMap((place) => {
    const entity = entities.get(before.ids[place] ?? '')
    const was = before.entries[place]
    const is = entity && was && judge(entity)
    return is && is !== was ? [{ place, was, is }] : []
  })
  const entries = replaced(before.entries, anew)
  const shown = anew.filter(({ was, is }) => was.value.view !== is.value.view)
  const same = anew.every(({ was, is }) => was.value.attention === is.value.attention)
  return {
    ...before,
    entries,
    views: replaced(
      before.views,
      shown.map(({ place, is }) => ({ place, is: is.value.view })),
    ),
    alarms: same ? before.alarms : entries.flatMap(({ value }) => value.attention),
    turns: turnsAfter(
      before.turns,
      anew.map(({ place, is }) => [place, is]),
    ),
    changed: shown.map(({ was, is }) => ({ was: was.value.view, is: is.value.view })),
  }
}

/** When the first of them is to be judged anew. */
export function turnOf({ turns }: Judgements<unknown>, now: Millis): Millis | null {
  let first: Millis | null = null
  for (const turn of turns.values()) first = earliest(now, first, turn)
  return first
}

function turnsAfter(
  before: ReadonlyMap<number, Millis>,
  anew: Iterable<readonly [place: number, is: Entry<unknown>]>,
): ReadonlyMap<number, Millis> {
  const turns = new Map(before)
  for (const [place, { until }] of anew) {
    if (until === null) turns.delete(place)
    else turns.set(place, until)
  }
  return turns
}

/** The very same list where nothing is to be replaced. */
function replaced<T>(
  list: readonly T[],
  parts: readonly { readonly place: number; readonly is: T }[],
): readonly T[] {
  if (parts.length === 0) return list
  const copy = [...list]
  for (const { place, is } of parts) copy[place] = is
  return copy
}
