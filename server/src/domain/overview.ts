import type { Attention } from '@skep/shared/contract/attention'
import type { Overview } from '@skep/shared/contract/overview'
import type { Swarm } from '@skep/shared/contract/swarm'
import type { Counts } from './overview-counts.ts'
import { counted } from './words.ts'

type Answer = Pick<Overview, 'sentence' | 'tone'>

/**
 * The answer to "does anything need me?", and the counts beneath it.
 * @param settling whether nodes have yet to report to a new leader
 */
export function overview(
  swarm: Swarm,
  { services, nodes, tasks, draining }: Counts,
  attention: readonly Attention[],
  settling: boolean,
): Overview {
  const urgent = attention.filter(({ tone }) => tone !== 'neutral')
  const answer =
    unsure(swarm) ??
    needed(urgent) ??
    // A silent node is no alarm yet, but nor is it well.
    (settling ? ({ sentence: swarm.sentence, tone: 'progress' } as const) : null) ??
    moving(services.inMotion, draining) ??
    atRest(services)
  return { ...answer, services, nodes, tasks }
}

function unsure({ state, sentence }: Swarm): Answer | null {
  switch (state) {
    case 'live':
      return null
    case 'connecting':
      return { sentence: `${sentence} Nothing is known yet.`, tone: 'neutral' }
    case 'electing':
      return {
        sentence: `${sentence} What changes meanwhile is not known.`,
        tone: 'warning',
      }
    default:
      return {
        sentence: `${sentence} What has changed since is not known.`,
        tone: 'critical',
      }
  }
}

function needed(urgent: readonly Attention[]): Answer | null {
  if (urgent.length === 0) return null
  const critical = urgent.some(({ tone }) => tone === 'critical')
  return {
    sentence: `${counted(urgent.length, 'thing needs', 'things need')} you.`,
    tone: critical ? 'critical' : 'warning',
  }
}

function moving(services: number, draining: number): Answer | null {
  const parts = [
    ...(services > 0 ? [counted(services, 'service')] : []),
    ...(draining > 0 ? [counted(draining, 'node')] : []),
  ]
  return parts.length === 0
    ? null
    : { sentence: `${parts.join(' and ')} in motion.`, tone: 'progress' }
}

function atRest({ total, converged, unknown }: Overview['services']): Answer {
  if (total === 0) return { sentence: 'No services yet.', tone: 'neutral' }
  if (unknown > 0) {
    const some = counted(unknown, 'service is', 'services are')
    return { sentence: `${some} out of sight.`, tone: 'neutral' }
  }
  const rolledBack = total - converged
  if (rolledBack > 0) {
    const some = counted(rolledBack, 'service is', 'services are')
    return { sentence: `Nothing needs you; ${some} rolled back.`, tone: 'neutral' }
  }
  return { sentence: 'Everything is converged.', tone: 'ok' }
}
