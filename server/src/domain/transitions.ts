import type { Subject, Tone, Transition } from '@skep/shared/contract/attention'
import type { Cluster } from '@skep/shared/contract/cluster'
import type { Node } from '@skep/shared/contract/node'
import { changes } from '@skep/shared/contract/patch-between'
import type { Service } from '@skep/shared/contract/service'
import type { SwarmState } from '@skep/shared/contract/swarm'

type Seen = Pick<Cluster, 'swarm' | 'services' | 'nodes'>
export type News = Omit<Transition, 'id'>

/**
 * What happened between two views of the swarm, as far as it is worth a line of its own.
 * A first view is no news. @param at instant of the later view
 */
export function transitions(before: Seen, after: Seen, at: string): News[] {
  if (before.swarm.state === 'connecting' && Object.keys(before.nodes).length === 0)
    return []
  return [
    ...swarmNews(before, after),
    ...changed(before.nodes, after.nodes).flatMap(([was, is]) => nodeNews(was, is)),
    ...changed(before.services, after.services).flatMap(([was, is]) =>
      serviceNews(was, is),
    ),
  ].map((news) => ({ at, ...news }))
}

type Line = Omit<News, 'at'>

const line = (kind: Subject['kind'], name: string, tone: Tone, sentence: string): Line => ({
  subject: { kind, name },
  tone,
  sentence,
})

/** Pairs of what differs by identity; undefined where one side lacks it. */
const changed = <T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): [T | undefined, T | undefined][] =>
  [...changes(before, after)].map(([name, entity]) => [
    Object.hasOwn(before, name) ? before[name] : undefined,
    entity ?? undefined,
  ])

function swarmNews({ swarm: before }: Seen, { swarm: after }: Seen): Line[] {
  const news: Line[] = []
  if (before.state !== after.state) {
    const sentence = after.state === 'live' ? 'The swarm answers again.' : after.sentence
    news.push(line('swarm', 'swarm', swarmTone(after.state), sentence))
  }
  if (after.leader !== null && before.leader !== null && after.leader !== before.leader) {
    news.push(line('swarm', 'swarm', 'neutral', `${after.leader} became the leader`))
  }
  return news
}

function swarmTone(state: SwarmState): Tone {
  switch (state) {
    case 'live':
      return 'ok'
    case 'connecting':
      return 'neutral'
    case 'electing':
      return 'warning'
    default:
      return 'critical'
  }
}

function nodeNews(before: Node | undefined, after: Node | undefined): Line[] {
  if (!after) {
    return before
      ? [line('node', before.name, 'neutral', `${before.name} was removed`)]
      : []
  }
  if (!before)
    return [line('node', after.name, 'neutral', `${after.name} joined the swarm`)]
  if (before.status === after.status) return roleNews(before, after)
  // All nodes fall silent when the leader changes, and report one by one: one line for the
  // new leader says it all.
  if (after.status === 'unknown' || isSilence(before, after)) return roleNews(before, after)
  return [
    line('node', after.name, ...nodeStatus(before, after)),
    ...roleNews(before, after),
  ]
}

const isSilence = (before: Node, after: Node): boolean =>
  before.status === 'unknown' && after.state === 'ready'

function nodeStatus({ status: was }: Node, { name, status, tasks }: Node): [Tone, string] {
  switch (status) {
    case 'ready':
      return ['ok', was === 'down' ? `${name} is back` : `${name} is ready and active`]
    case 'paused':
      return ['neutral', `${name} was paused`]
    case 'draining':
      return ['progress', `${name} began to drain: ${tasks.live} to go`]
    case 'drained':
      return ['neutral', `${name} is drained`]
    case 'down':
      return ['critical', `${name} went down`]
    case 'disconnected':
      return ['warning', `${name} lost its manager`]
    case 'unknown':
      return ['neutral', `${name} fell silent`]
  }
}

function roleNews(before: Node, after: Node): Line[] {
  if ((before.manager === null) === (after.manager === null)) return []
  const became = after.manager ? 'became a manager' : 'is a manager no longer'
  return [line('node', after.name, 'neutral', `${after.name} ${became}`)]
}

function serviceNews(before: Service | undefined, after: Service | undefined): Line[] {
  if (!after) {
    return before
      ? [line('service', before.name, 'neutral', `${before.name} was removed`)]
      : []
  }
  const { name } = after
  if (!before) return [line('service', name, 'neutral', `${name} was created`)]
  const began = after.update?.startedAt
  const anew =
    after.convergence.verdict === 'updating' && began !== before.update?.startedAt
  if (before.convergence.verdict === after.convergence.verdict && !anew) {
    return wasScaled(before, after)
      ? [line('service', name, 'neutral', scaled(before, after))]
      : []
  }
  const said = verdictNews(before, after)
  return said ? [line('service', name, ...said)] : []
}

/** The desired number of a global service follows the nodes: nobody scaled it. */
const wasScaled = (before: Service, after: Service): boolean =>
  after.mode === 'replicated' && before.desired !== after.desired

const scaled = (before: Service, after: Service): string =>
  `${after.name} was scaled from ${before.desired} to ${after.desired}`

/** Null for a verdict that only leads to another: checking, or filling up. */
function verdictNews(before: Service, after: Service): [Tone, string] | null {
  const { name, desired, running, upToDate, convergence } = after
  const { sentence } = convergence
  switch (convergence.verdict) {
    case 'converged':
      return ['ok', `${name} converged: ${sentence}`]
    case 'verifying':
      return null
    case 'converging':
      if (wasScaled(before, after)) return ['progress', scaled(before, after)]
      // A spec that nobody runs yet is news when its update begins, a moment later.
      return before.convergence.verdict === 'converged' &&
        running < desired &&
        upToDate === running
        ? ['progress', `${name} is no longer converged: ${sentence}`]
        : null
    case 'updating':
      return ['progress', `An update of ${name} began: ${sentence}`]
    case 'rolling-back':
      return ['warning', `${name} began to roll back: ${sentence}`]
    case 'running-job':
      return ['progress', `${name} began a run: ${sentence}`]
    case 'paused':
      return ['warning', `${name} is paused: ${upToDate} of ${desired} updated`]
    case 'rollback-paused':
      return [
        'warning',
        `The rollback of ${name} is paused: ${upToDate} of ${desired} rolled back`,
      ]
    case 'rolled-back':
      return ['warning', `${name} was rolled back: ${running} of ${desired} running`]
    case 'degraded':
      return ['warning', `${name} is degraded: ${sentence}`]
    case 'flapping':
      return ['warning', `${name} keeps failing: ${sentence}`]
    case 'down':
      return ['critical', `${name} went down: ${sentence}`]
    case 'scaled-to-zero':
      return ['neutral', `${name} was scaled to 0`]
    case 'complete':
      return ['ok', `${name} is complete: ${sentence}`]
    case 'unknown':
      return ['neutral', `${name} is out of sight: ${sentence}`]
  }
}
