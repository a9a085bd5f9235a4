import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'

/**
 * The stream says that something changed; what it does not carry is read again then.
 * @param basis what of the stream it depends on, compared by identity
 * @param pace at most one read per this many milliseconds, however fast that changes
 */
export function useReadAgain(queryKey: QueryKey, basis: unknown, pace: number) {
  const client = useQueryClient()
  const asked = useRef({ basis, at: 0 })
  const readAgain = useEffectEvent(() => void client.invalidateQueries({ queryKey }))
  const key = JSON.stringify(queryKey)
  // biome-ignore lint/correctness/useExhaustiveDependencies: of another key, another wait
  useEffect(() => {
    const { current } = asked
    if (current.basis === basis) return
    const wait = Math.max(0, current.at + pace - Date.now())
    const timer = setTimeout(() => {
      asked.current = { basis, at: Date.now() }
      readAgain()
    }, wait)
    return () => clearTimeout(timer)
  }, [key, basis, pace])
}
