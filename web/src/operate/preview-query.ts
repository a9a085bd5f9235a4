import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getJson, RequestFailed } from '../cluster/get-json.ts'
import { useReadAgain } from '../cluster/read-again.ts'
import type { Arguments } from './arguments.ts'
import { type AnyPreview, type AnyTarget, commandPath } from './target.ts'

/** At most one read per this many milliseconds, however fast the facts move. */
const pace = 500

const keyOf = ({ subject, name, kind }: AnyTarget) => ['preview', subject, name, kind]

/** What a command would do; read again whenever the basis is another. */
export function usePreview(
  target: AnyTarget,
  /** The arguments as JSON text, which compares by value; null asks nothing. */
  question: string | null,
  /** What of the stream it depends on, compared by identity. */
  basis: unknown,
) {
  const client = useQueryClient()
  const queryKey = [...keyOf(target), question]
  useReadAgain(keyOf(target), basis, pace)
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => getJson<AnyPreview>(pathOf(target, question), signal),
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
    replace: (preview: AnyPreview) => client.setQueryData(queryKey, preview),
  }
}

/** Where a preview is asked for: of what holds several values, each goes by itself. */
export function pathOf(target: AnyTarget, question: string | null): string {
  const args: Arguments = JSON.parse(question ?? '{}')
  const query = new URLSearchParams(
    Object.entries(args).flatMap(([key, value]) =>
      (typeof value === 'object' ? value : [value]).map((one) => [key, String(one)]),
    ),
  )
  const path = commandPath(target)
  return query.size > 0 ? `${path}?${query}` : path
}
