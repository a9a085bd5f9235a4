import type { Attention } from '@skep/shared/contract/attention'
import type { Node } from '@skep/shared/contract/node'
import type { Overview } from '@skep/shared/contract/overview'
import type { Service } from '@skep/shared/contract/service'
import type { Swarm } from '@skep/shared/contract/swarm'
import { counted } from './words.ts'

type Answer = Pick<Overview, 'sentence' | 'tone'>

/**
 * The answer to "does anything need me?", and the counts beneath it. A service that was
 * rolled back by hand is in the total and in no other count: it is at rest, and not green.
 * @param settling whether nodes have yet to report to a new leader
 */
export function overview(
  swarm: Swarm,
  services: readonly Service[],
  nodes: readonly Node[],
  attention: readonly Attention[],
  settling: boolean,
): Overview {
  const urgent = attention.filter(({ tone }) => tone !== 'neutral')
  const counts = {
    services: serviceCounts(services, urgent),
    nodes: nodeCounts(nodes),
    tasks: taskCounts(services),
  }
  const draining = nodes.filter(({ status }) => status === 'draining').length
  const answer =
    unsure(swarm) ??
    needed(urgent) ??
    // A silent node is no alarm yet, but nor is it well.
    (settling ? ({ sentence: swarm.sentence, tone: 'progress' } as const) : null) ??
    moving(counts.services.inMotion, draining) ??
    atRest(counts.services)
  return { ...answer, ...counts }
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

function serviceCounts(
  services: readonly Service[],
  urgent: readonly Attention[],
): Overview['services'] {
  const concerned = new Set(
    urgent.flatMap(({ subject }) => (subject.kind === 'service' ? [subject.name] : [])),
  )
  const counts = {
    total: services.length,
    converged: 0,
    inMotion: 0,
    needYou: 0,
    unknown: 0,
  }
  for (const service of services) {
    const bucket = concerned.has(service.name) ? 'needYou' : bucketOf(service)
    if (bucket !== null) counts[bucket] += 1
  }
  return counts
}

function bucketOf({
  convergence,
}: Service): 'converged' | 'inMotion' | 'needYou' | 'unknown' | null {
  switch (convergence.verdict) {
    case 'converged':
    case 'complete':
    case 'scaled-to-zero':
      return 'converged'
    case 'verifying':
    case 'converging':
    case 'updating':
    case 'rolling-back':
    case 'running-job':
      return 'inMotion'
    case 'paused':
    case 'rollback-paused':
    case 'degraded':
    case 'flapping':
    case 'down':
      return 'needYou'
    case 'unknown':
      return 'unknown'
    case 'rolled-back':
      return null
  }
}

function nodeCounts(nodes: readonly Node[]): Overview['nodes'] {
  const counts = { total: nodes.length, ready: 0, draining: 0, down: 0, other: 0 }
  for (const { status } of nodes) {
    switch (status) {
      case 'ready':
      case 'down':
        counts[status] += 1
        break
      case 'draining':
      case 'drained':
        counts.draining += 1
        break
      case 'paused':
      case 'disconnected':
      case 'unknown':
        counts.other += 1
    }
  }
  return counts
}

/** Of services that are to run for good: a job's tasks come and go. */
function taskCounts(services: readonly Service[]): Overview['tasks'] {
  const counts = { running: 0, desired: 0 }
  for (const { mode, running, desired } of services) {
    if (mode !== 'replicated' && mode !== 'global') continue
    counts.running += running
    counts.desired += desired
  }
  return counts
}
