import type { Attention } from '@skep/shared/contract/attention'
import { earliest } from './earliest.ts'
import type { Millis } from './state.ts'

/** What is shown of an entity, and what it needs somebody for. */
export type Judged<V> = { readonly view: V; readonly attention: readonly Attention[] }

/** A judgement, and until when it holds with the same facts. */
export type Entry<V> = { readonly value: Judged<V>; readonly until: Millis | null }

/**
 * What was judged of each, where its own tasks are the same and its time is not up; the
 * others are judged anew. One of a thousand is, mostly: this is all that is done for the rest.
 * @param before of the very same entities, with all else that is judged by as it was; or null
 */
export function judgeChanged<E, V>(
  entities: ReadonlyMap<string, E>,
  before: readonly Entry<V>[] | null,
  hasSameTasks: (id: string) => boolean,
  { now, judge }: { now: Millis; judge: (entity: E) => Entry<V> },
): Entry<V>[] {
  const entries: Entry<V>[] = []
  // Not `for … of`, which makes a pair of each.
  entities.forEach((entity, id) => {
    const old = before?.[entries.length]
    const holds = old && (old.until === null || now < old.until) && hasSameTasks(id)
    entries.push(holds ? old : judge(entity))
  })
  return entries
}

export const viewsOf = <V>(entries: readonly Entry<V>[]): V[] =>
  entries.map(({ value: { view } }) => view)

/** Most have none: only where there are some is anything made. */
export function alarmsOf(entries: readonly Entry<unknown>[]): Attention[] {
  const alarms: Attention[] = []
  for (const { value } of entries) {
    if (value.attention.length > 0) alarms.push(...value.attention)
  }
  return alarms
}

/** When the first of them is to be judged anew. */
export function turnOf(entries: readonly Entry<unknown>[], now: Millis): Millis | null {
  let first: Millis | null = null
  for (const { until } of entries) if (until !== null) first = earliest(now, first, until)
  return first
}
