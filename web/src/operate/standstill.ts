import type { Swarm } from '@skep/shared/contract/swarm'
import type { Link } from '../cluster/link.ts'
import { useClusterIfAny } from '../cluster/queries.ts'
import { useStatus } from '../cluster/status.ts'
import { clockTime } from '../ui/time.ts'

/** Why no command can be given now, in a sentence; null while one can. */
export function standstillOf(
  link: Pick<Link, 'state' | 'hop' | 'since'>,
  swarm: Pick<Swarm, 'state' | 'sentence'> | null,
  readOnly: boolean,
): string | null {
  if (readOnly) return 'This console is read-only.'
  if (link.state === 'lost') {
    const whom = link.hop === 'console' ? 'the console' : 'the swarm'
    const since = link.since === null ? '' : ` since ${clockTime(link.since)}`
    return `No contact with ${whom}${since}.`
  }
  if (link.state === 'connecting') return 'No contact with the swarm yet.'
  if (swarm && swarm.state !== 'live') return swarm.sentence
  return null
}

/** Why no command can be given now; renders again only when that changes. */
export function useStandstill(): string | null {
  const readOnly = useClusterIfAny((cluster) => cluster.readOnly) ?? false
  return useStatus(({ link, swarm }) => standstillOf(link, swarm, readOnly))
}
