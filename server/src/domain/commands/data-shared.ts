import type { Check } from '@skep/shared/contract/preview'
import type { Service } from '../state.ts'
import { missedPlaces } from '../statefulness/if-it-moves.ts'
import type { Place } from '../statefulness/places.ts'
import { productOf } from '../statefulness/product.ts'
import { stateClass } from '../statefulness/state-class.ts'
import { isPerNode } from '../task-life.ts'
import { counted, listed } from '../words.ts'
import { info, itself, warn } from './check.ts'
import { type DataChange, liveTasks } from './data-change.ts'
import { goesWithTask, weightOf } from './data-weight.ts'
import { replicasOf } from './spec-document.ts'

/** What comes of several tasks of a service that keep the same data, or each their own. */
export function sharedChecks(change: DataChange): Check[] {
  const { on, next } = change
  if (on.kind.endsWith('job')) return []
  const kind = stateClass(on.service).class
  if (kind === 'soft' || kind === 'durable-clustered') return []
  const common = missedPlaces(next).filter(
    (place) => !goesWithTask(place) && !place.perTask && weightOf(next, place) !== 'little',
  )
  const places = common.filter((place) => weightOf(next, place) === 'grave')
  const isOnePerNode = isPerNode(next.mode)
  return [
    ...twoAtOnce(change, places),
    ...(isOnePerNode ? [] : apart(change, [...places, ...common])),
    ...(isOnePerNode ? [] : copiesLeft(change, places)),
  ]
}

const isDatabase = (service: Service): boolean => productOf(service)?.keeps === 'durable'

/**
 * More replicas of what keeps its data on nodes are more truths, or one with many hands.
 * @param places gravest first
 */
function apart(change: DataChange, places: readonly Place[]): Check[] {
  const { on, after, next, consequence } = change
  const wanted = replicasOf(after) ?? 0
  if (consequence.starts === 0 || wanted < 2 || wanted <= (on.replicas ?? 0)) return []
  const local = places.find(({ fate }) => fate === 'local')
  if (local?.readOnly) {
    const sentence = `${nameOf(local)} is another volume on each node: of ${wanted} replicas those on a node where nobody has filled it find nothing there.`
    return [warn('replicas-apart', sentence, itself(on))]
  }
  if (local) {
    const sentence = `${nameOf(local)} is another volume on each node: of ${wanted} replicas those on one node write to the same files, and those on several have none of each other’s data.`
    return [warn('replicas-apart', sentence, itself(on))]
  }
  const same = places
    .filter((place) => weightOf(next, place) === 'grave')
    .find(({ fate }) => fate === 'host' || (fate === 'shared' && isDatabase(next)))
  if (!same) return []
  const on1 = same.fate === 'host' ? ' that run on one node' : ''
  const sentence = `Replicas of ${on.name}${on1} write to the same files in ${nameOf(same)}.`
  return [warn('replicas-share', sentence, itself(on))]
}

/** A database whose next task starts beside it, on the same files. */
function twoAtOnce(change: DataChange, places: readonly Place[]): Check[] {
  const { on, next, leaving, pace, consequence, openNodes } = change
  if (consequence.restarts === 0 || pace.Order !== 'start-first') return []
  if (!isDatabase(next)) return []
  // The next task of a node comes to that very node.
  const meets =
    isPerNode(next.mode) ||
    leaving.some(({ task: { nodeId } }) => openNodes(nodeId).includes(nodeId ?? ''))
  const place = places.find(
    ({ fate }) => fate === 'shared' || (meets && (fate === 'local' || fate === 'host')),
  )
  if (!place) return []
  const sentence = `New tasks of ${on.name} start before old ones stop: for a while two write to the same files in ${nameOf(place)}.`
  return [warn('two-at-once', sentence, itself(on))]
}

/** What the replicas that stop have written stays where it is, and nobody serves it. */
function copiesLeft(change: DataChange, places: readonly Place[]): Check[] {
  const { on, after, consequence } = change
  const local = places.filter(({ fate }) => fate === 'local' || fate === 'host')
  if (consequence.stops === 0 || (replicasOf(after) ?? 0) === 0 || local.length === 0)
    return []
  const nodes = new Set(liveTasks(on).flatMap(({ task }) => task.nodeId ?? []))
  if (nodes.size < 2) return []
  const names = listed(local.map(nameOf))
  const sentence = `Which ${counted(consequence.stops, 'task')} of ${on.name} stop is the swarm’s choice: what they wrote to ${names} stays on their nodes, and nobody serves it.`
  return [info('copies-left', sentence, itself(on))]
}

const nameOf = ({ source, target }: Place): string => source ?? target
