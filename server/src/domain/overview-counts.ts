import type { Attention } from '@skep/shared/contract/attention'
import type { Node } from '@skep/shared/contract/node'
import type { Overview } from '@skep/shared/contract/overview'
import type { Service } from '@skep/shared/contract/service'
import type { Change, Judgements } from './judgements.ts'

/** What an overview counts. */
export type Counts = Pick<Overview, 'services' | 'nodes' | 'tasks'> & {
  /** Nodes that tasks have yet to leave. */
  readonly draining: number
  /** Names of the services that need somebody. */
  readonly concerned: ReadonlySet<string>
}

/**
 * Counts all of them. A service that was rolled back by hand is in the total and in no other
 * count: it is at rest, and not green.
 */
export function countsOf(
  services: readonly Service[],
  nodes: readonly Node[],
  attention: readonly Attention[],
): Counts {
  const concerned = concernedBy(attention)
  return { concerned, ...ofServices(services, concerned), ...ofNodes(nodes) }
}

/** What is counted next, and of which of it is known that it is another than before. */
type Next = {
  readonly services: Pick<Judgements<Service>, 'views' | 'changed'>
  readonly byName: Readonly<Record<string, Service>>
  readonly nodes: Pick<Judgements<Node>, 'views' | 'changed'>
  readonly attention: readonly Attention[]
}

/** The counts after a change of a few: those are taken out as they were, and counted anew. */
export function countsAfter(
  before: Counts,
  { services, byName, nodes, attention }: Next,
): Counts {
  const concerned = concernedBy(attention)
  const changed = services.changed && recounted(services.changed, byName, before, concerned)
  const ofAll = { services: { ...before.services }, tasks: { ...before.tasks } }
  for (const { was, is } of changed ?? []) {
    countService(ofAll, was, before.concerned, -1)
    countService(ofAll, is, concerned, 1)
  }
  const ofEach = { nodes: { ...before.nodes }, draining: before.draining }
  for (const { was, is } of nodes.changed ?? []) {
    countNode(ofEach, was, -1)
    countNode(ofEach, is, 1)
  }
  return {
    concerned,
    ...(changed ? ofAll : ofServices(services.views, concerned)),
    ...(nodes.changed ? ofEach : ofNodes(nodes.views)),
  }
}

/** Those that are others than before, and those that need somebody now, or no longer. */
function recounted(
  changed: readonly Change<Service>[],
  byName: Readonly<Record<string, Service>>,
  before: Counts,
  concerned: ReadonlySet<string>,
): readonly Change<Service>[] {
  const turned = before.concerned.symmetricDifference(concerned)
  for (const { is } of changed) turned.delete(is.name)
  const same = [...turned].flatMap((name) => {
    const service = Object.hasOwn(byName, name) ? byName[name] : undefined
    return service ? [{ was: service, is: service }] : []
  })
  return [...changed, ...same]
}

const concernedBy = (attention: readonly Attention[]): ReadonlySet<string> =>
  new Set(
    attention.flatMap(({ tone, subject }) =>
      tone !== 'neutral' && subject.kind === 'service' ? [subject.name] : [],
    ),
  )

type ServiceCounts = Pick<Overview, 'services' | 'tasks'>
type NodeCounts = Pick<Overview, 'nodes'> & { draining: number }

function ofServices(
  services: readonly Service[],
  concerned: ReadonlySet<string>,
): ServiceCounts {
  const counts = {
    services: { total: 0, converged: 0, inMotion: 0, needYou: 0, unknown: 0 },
    tasks: { running: 0, desired: 0 },
  }
  for (const service of services) countService(counts, service, concerned, 1)
  return counts
}

function countService(
  { services, tasks }: ServiceCounts,
  service: Service,
  concerned: ReadonlySet<string>,
  by: 1 | -1,
): void {
  services.total += by
  const bucket = concerned.has(service.name) ? 'needYou' : bucketOf(service)
  if (bucket !== null) services[bucket] += by
  // Of services that are to run for good: a job's tasks come and go.
  if (service.mode !== 'replicated' && service.mode !== 'global') return
  tasks.running += by * service.running
  tasks.desired += by * service.desired
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

function ofNodes(nodes: readonly Node[]): NodeCounts {
  const counts = {
    nodes: { total: 0, ready: 0, draining: 0, down: 0, other: 0 },
    draining: 0,
  }
  for (const node of nodes) countNode(counts, node, 1)
  return counts
}

function countNode(counts: NodeCounts, { status }: Node, by: 1 | -1): void {
  const { nodes } = counts
  nodes.total += by
  if (status === 'draining') counts.draining += by
  switch (status) {
    case 'ready':
    case 'down':
      nodes[status] += by
      break
    case 'draining':
    case 'drained':
      nodes.draining += by
      break
    case 'paused':
    case 'disconnected':
    case 'unknown':
      nodes.other += by
  }
}
