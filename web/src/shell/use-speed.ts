import type { Simulation } from '@skep/shared/contract/simulation'
import { api } from '@skep/shared/paths'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { postJson, RequestFailed } from '../cluster/get-json.ts'
import { speedIn } from './simulation-words.ts'

// Pages keep of the address what they know, so it is read before they do.
const inAddress = speedIn(location.search)

/**
 * Sets how fast the time of a simulated swarm passes. What the address that the tab was
 * opened with asks for is asked once, and taken out of it: it is a wish, not a state.
 */
export function useSpeed() {
  const { history } = useRouter()
  const [first] = useState(inAddress)
  const { mutate, variables, isPending, error } = useMutation({
    mutationFn: (speed: number) => postJson<Simulation>(api.simulation(), { speed }),
  })
  useEffect(() => {
    const { pathname, search, hash } = location
    if (first === null || speedIn(search) === null) return
    mutate(first)
    const rest = new URLSearchParams(search)
    rest.delete('speed')
    const query = rest.toString()
    history.replace(`${pathname}${query && `?${query}`}${hash}`)
  }, [first, mutate, history])
  return {
    /** What was asked for and is not yet answered. */
    asked: isPending ? variables : null,
    ask: mutate,
    refusal: error instanceof RequestFailed ? error.message : null,
  }
}
