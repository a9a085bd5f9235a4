import type { JournalEntry, JournalPage } from '@skep/shared/contract/journal'
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { getJson } from '../../cluster/get-json.ts'
import { useCluster } from '../../cluster/queries.ts'
import { useTrusted } from '../../cluster/status.ts'
import { isAsked, type JournalFilter, journalPath } from './journal-filter.ts'
import { extended, joined } from './journal-pages.ts'
import { useRefresh } from './use-refresh.ts'

/** One press of "earlier" reads on until it found so many, or has read so many pages. */
const enough = 20
const mostPages = 10
/** The most that the server gives at once: for finding words, the more the better. */
const mostInPage = 500

type Reading = {
  filter: JournalFilter
  /** Entries of one page. */
  limit: number
  /** What tells, by being another, that there is more to read. */
  basis: unknown
  /** Begin before this entry instead of at the newest: then nothing is ever added. */
  before?: number | null
}

/** The journal as far as it was read, live at its new end, and a way to read on. */
export function useJournal({ filter, limit, basis, before = null }: Reading) {
  const client = useQueryClient()
  // Words are looked for here alone: typing must not read the journal letter by letter.
  const { q, ...asked } = filter
  const queryKey = ['journal', asked, limit, before]
  const operations = useCluster((cluster) => cluster.operations)
  useRefresh(queryKey, before === null ? basis : null)
  useRefresh(queryKey, before === null ? operations : null)
  // What was written while the link was lost is read when it is back.
  useRefresh(queryKey, useTrusted())

  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const page = await getJson<JournalPage>(journalPath(asked, limit, before), signal)
      return joined(client.getQueryData<JournalPage>(queryKey), page)
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: 2,
  })

  const earlier = useMutation({
    mutationFn: async () => {
      let found = 0
      for (let pages = 0; pages < mostPages && found < enough; pages += 1) {
        const next = client.getQueryData<JournalPage>(queryKey)?.next ?? null
        if (next === null) return
        const page = await getJson<JournalPage>(
          journalPath(asked, q ? mostInPage : limit, next),
          new AbortController().signal,
        )
        client.setQueryData<JournalPage>(
          queryKey,
          (known) => known && extended(known, next, page),
        )
        found += page.entries.filter((entry) => isAsked(filter, entry)).length
      }
    },
  })

  const entries: JournalEntry[] = query.data?.entries ?? []
  return {
    /** As read; null before the first answer. */
    page: query.data ?? null,
    entries: entries.filter((entry) => isAsked(filter, entry)),
    /** What is shown is still that of the filter before. */
    isBehind: query.isPlaceholderData,
    error: query.error ?? earlier.error,
    retry: () => (query.error ? void query.refetch() : earlier.mutate()),
    earlier: () => earlier.mutate(),
    isReading: earlier.isPending,
  }
}

export type Journal = ReturnType<typeof useJournal>
