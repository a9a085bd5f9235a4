import { noteOrigin } from '@skep/shared/contract/patch-between'
import type { Change, Judgements } from './judgements.ts'

/** Views of one kind, in some order of their own; and by name, as a snapshot carries them. */
export type Roster<V> = {
  readonly views: readonly V[]
  readonly byName: Record<string, V>
}

type Named = { readonly name: string }

/**
 * The next roster, of views that have kept their own identity already: the old one if it
 * holds the very same. Names are put in order only where they are others than before: of a
 * thousand views one changes at a time.
 */
export function nextRoster<V extends Named>(
  before: Roster<V> | null,
  { views, changed: known }: Pick<Judgements<V>, 'views' | 'changed'>,
): Roster<V> {
  const changed = before && (known ? renewed(known) : changedOf(before.views, views))
  if (!changed) return { views, byName: ordered(views) }
  if (changed.length === 0) return before
  const byName = { ...before.byName }
  // Host names may be anything: a definition, unlike `=`, takes '__proto__'.
  for (const view of changed) {
    const own = { value: view, enumerable: true, configurable: true, writable: true }
    Object.defineProperty(byName, view.name, own)
  }
  const names = changed.map(({ name }) => name)
  noteOrigin(before.byName, byName, names)
  return { views, byName }
}

/** Null where one of them has another name than before. */
const renewed = <V extends Named>(changed: readonly Change<V>[]): V[] | null =>
  changed.every(({ was, is }) => was.name === is.name) ? changed.map(({ is }) => is) : null

/** Null where they are not the same names in the same order. */
function changedOf<V extends Named>(before: readonly V[], after: readonly V[]): V[] | null {
  if (before.length !== after.length) return null
  const changed: V[] = []
  let place = 0
  // Counted by hand: at every change of one, a pair would be made for each of a thousand.
  for (const view of after) {
    const was = before[place]
    place += 1
    if (was === view) continue
    if (was?.name !== view.name) return null
    changed.push(view)
  }
  return changed
}

const ordered = <V extends Named>(views: readonly V[]) =>
  Object.fromEntries(
    views
      .map((view) => [view.name, view] as const)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )
