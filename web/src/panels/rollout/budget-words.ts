import type { Rollout } from '@skep/shared/contract/rollout'

type Part = Pick<Rollout, 'kind' | 'state' | 'failures'>

/** How many more failures are survived, and what the one after does. */
export function budgetWords({ kind, state, failures }: Part): string {
  const { seen, tolerated, action } = failures
  const many = seen === 0 ? 'None' : String(seen)
  if (tolerated === null || action === 'continue')
    return `Failures do not stop this ${kind}.${seen > 0 ? ` ${many} seen.` : ''}`
  const acts = action === 'pause' ? `pauses the ${kind}` : `rolls the ${kind} back`
  if (state === 'paused' && seen <= tolerated)
    return `${many} seen, ${tolerated} tolerated; the swarm counted more and paused the ${kind}`
  if (seen > tolerated) {
    const over = `${many} seen, ${tolerated === 0 ? 'none' : tolerated} tolerated`
    return state === 'paused' ? `${over}: that paused the ${kind}` : `${over}: that ${acts}`
  }
  const left = tolerated - seen
  if (left === 0)
    return seen === 0
      ? `None seen, none tolerated; the first ${acts}`
      : `${many} seen, none left; the next ${acts}`
  return `${many} seen, ${left}${seen === 0 ? '' : ' more'} tolerated; one beyond ${acts}`
}

/** More segments than this are not counted by eye. */
const mostSegments = 32

type Segment = { failed: boolean; acts: boolean }

/**
 * One segment for each failure that is survived and one for the failure that acts. Null
 * where there are none, or too many to tell apart.
 */
export function segments({ failures }: Pick<Rollout, 'failures'>): Segment[] | null {
  const { seen, tolerated, action } = failures
  if (tolerated === null || action === 'continue' || tolerated >= mostSegments) return null
  return Array.from({ length: tolerated + 1 }, (_, place) => ({
    failed: place < seen,
    acts: place === tolerated,
  }))
}
