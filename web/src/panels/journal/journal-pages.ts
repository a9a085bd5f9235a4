import type { JournalPage } from '@skep/shared/contract/journal'

/** More entries than this are let go from the old end: a tab may stay open for weeks. */
export const mostKept = 2_000

/**
 * What is known after the newest page was read again. The journal only grows, so what was
 * known before it stays; unless more was written in between than a page holds: then there
 * is a gap, and what lies behind it is left to "earlier". Newest first, each entry once.
 */
export function joined(known: JournalPage | undefined, newest: JournalPage): JournalPage {
  const [first] = known?.entries ?? []
  const last = newest.entries.at(-1)
  if (!known || !first || !last || newest.next === null) return newest
  if (last.id > first.id) return newest
  const older = known.entries.filter(({ id }) => id < last.id)
  return trimmed({
    ...newest,
    entries: [...newest.entries, ...older],
    next: older.length > 0 ? known.next : newest.next,
  })
}

/** What is known after the page before `asked` was read; nothing new if that has moved. */
export function extended(
  known: JournalPage,
  asked: number,
  earlier: JournalPage,
): JournalPage {
  if (known.next !== asked) return known
  const end = known.entries.at(-1)?.id ?? Number.POSITIVE_INFINITY
  const older = earlier.entries.filter(({ id }) => id < end)
  return { ...known, entries: [...known.entries, ...older], next: earlier.next }
}

// Only growth at the new end is trimmed: what was asked for by hand is kept.
function trimmed(page: JournalPage): JournalPage {
  const { entries } = page
  if (entries.length <= mostKept) return page
  const kept = entries.slice(0, mostKept)
  return { ...page, entries: kept, next: kept.at(-1)?.id ?? null }
}
