import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'

/** At most one read per this many milliseconds, however fast things change. */
const pace = 500

/** The journal is written in batches: what tells of a change may come so much after it. */
const written = 1_500

/** Reads again whenever the basis is another: the stream says that, not what, is new. */
export function useRefresh(queryKey: QueryKey, basis: unknown) {
  const client = useQueryClient()
  const asked = useRef({ basis, at: 0 })
  const refresh = useEffectEvent(() => {
    void client.invalidateQueries({ queryKey, exact: true })
  })
  useEffect(() => {
    const { current } = asked
    if (current.basis === basis) return
    const wait = Math.max(0, current.at + pace - Date.now())
    const soon = setTimeout(() => {
      asked.current = { basis, at: Date.now() }
      refresh()
    }, wait)
    const late = setTimeout(() => refresh(), wait + written)
    return () => {
      clearTimeout(soon)
      clearTimeout(late)
    }
  }, [basis])
}
