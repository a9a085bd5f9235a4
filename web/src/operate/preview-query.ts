import type { CommandKind, Preview } from '@skep/shared/contract/preview'
import type { Service } from '@skep/shared/contract/service'
import { api } from '@skep/shared/paths'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { getJson, RequestFailed } from '../cluster/get-json.ts'
import type { Arguments } from './arguments.ts'

/** At most one read per this many milliseconds, however fast the facts move. */
const pace = 500

const keyOf = (service: string, kind: CommandKind, question: string | null) => [
  'preview',
  service,
  kind,
  question,
]

/** What a command would do; read again whenever its service changes in the stream. */
export function usePreview(
  name: string,
  kind: CommandKind,
  /** The arguments as JSON text, which compares by value; null asks nothing. */
  question: string | null,
  service: Service,
) {
  const client = useQueryClient()
  const queryKey = keyOf(name, kind, question)
  const asked = useRef({ service, at: 0 })
  useEffect(() => {
    const { current } = asked
    if (current.service === service) return
    const wait = Math.max(0, current.at + pace - Date.now())
    const timer = setTimeout(() => {
      asked.current = { service, at: Date.now() }
      void client.invalidateQueries({ queryKey: ['preview', name, kind] })
    }, wait)
    return () => clearTimeout(timer)
  }, [client, name, kind, service])

  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => getJson<Preview>(pathOf(name, kind, question), signal),
    enabled: question !== null,
    // An answer is as good as the moment it was given.
    gcTime: 0,
    staleTime: Infinity,
    structuralSharing: false,
    refetchOnWindowFocus: 'always',
    retry: (times, error) =>
      times < 2 && error instanceof RequestFailed && error.code === 'console-unreachable',
  })
  return {
    ...query,
    /** Puts a preview that came with a refusal in the place of the one that was read. */
    replace: (preview: Preview) => client.setQueryData(queryKey, preview),
  }
}

function pathOf(name: string, kind: CommandKind, question: string | null): string {
  const args: Arguments = JSON.parse(question ?? '{}')
  const query = new URLSearchParams(
    Object.entries(args).map(([key, value]) => [key, String(value)]),
  )
  const path = api.serviceCommand(name, kind)
  return query.size > 0 ? `${path}?${query}` : path
}
