import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { readSort, type Sort } from '../../ui/sort.ts'

/**
 * How a list is looked at: what is looked for, which status, in which order. The first two
 * are in the address, so that a link shows the same; typing replaces it, so that "back"
 * leaves the list.
 */
export function useList(first: string) {
  const { q = '', status } = useSearch({ strict: false })
  const navigate = useNavigate()
  const [sort, setSort] = useState<Sort | null>(() => readSort(first))
  const go = (change: { q?: string; status?: string }) =>
    void navigate({
      to: '.',
      search: (now: object) => ({ ...now, ...change }),
      replace: true,
    })
  return {
    q,
    setQ: (text: string) => go({ q: text }),
    status: status ?? null,
    setStatus: (chosen: string | null) => go({ status: chosen ?? '' }),
    sort,
    setSort,
    clear: () => go({ q: '', status: '' }),
  }
}

export type List = ReturnType<typeof useList>
