import type { Check } from '@skep/shared/contract/preview'
import { nodeName } from '../node-facts.ts'
import { dataAtPlaces, worstOf } from '../statefulness/data-on-move.ts'
import { missedPlaces } from '../statefulness/if-it-moves.ts'
import { lastHome } from '../statefulness/last-home.ts'
import { stateClass } from '../statefulness/state-class.ts'
import { isPerNode } from '../task-life.ts'
import { counted, listed } from '../words.ts'
import { info, itself, warn } from './check.ts'
import { type Consequence, replacedBy } from './consequence.ts'
import type { Plan } from './plan.ts'
import { room } from './room.ts'
import { isSame } from './same-spec.ts'
import type { Situation } from './situation.ts'
import type { SpecDocument } from './spec-document.ts'

/**
 * What a command on a service means for what its tasks keep: a new task goes to any node
 * that takes it, wherever the data of the one before is. A job keeps nothing from run to run.
 * @see moby/swarmkit manager/scheduler/scheduler.go, scheduleNTasksOnNodes, which knows
 * nothing of local volumes
 */
export function dataChecks(on: Situation, { after, write, consequence }: Plan): Check[] {
  if (write === null || on.kind.endsWith('job')) return []
  const lost = lostWithTasks(on, consequence)
  if (after === null) return lost
  return [...lost, ...foundByNew(on, after, consequence), ...apart(on, after, consequence)]
}

/** Ids of the checks that tell of data which is lost, or not found again. */
const graveIds: ReadonlySet<string> = new Set(['data-lost', 'starts-empty'])

/** Whether data may be lost: then the name must be typed. */
export const endangersData = (checks: readonly Check[]): boolean =>
  checks.some(({ id, level }) => level === 'warn' && graveIds.has(id))

/** What a service can do without is only told of. */
const said = (on: Situation) => (stateClass(on.service).class === 'soft' ? info : warn)

function lostWithTasks(on: Situation, { restarts, stops }: Consequence): Check[] {
  const ending = restarts + stops
  if (ending === 0) return []
  const gone = missedPlaces(on.service).filter(({ fate }) => fate === 'empty')
  if (gone.length === 0) return []
  const targets = gone.map(({ target }) => (target === '/' ? 'its container' : target))
  const whose = ending === 1 ? 'its task' : `its ${counted(ending, 'task')}`
  const sentence = `What ${on.name} keeps in ${listed([...new Set(targets)])} goes with ${whose}, on the same node too.`
  return [said(on)('data-lost', sentence, itself(on))]
}

/** What replacements find, and those that bring a service back that was set to 0. */
function foundByNew(on: Situation, after: SpecDocument, what: Consequence): Check[] {
  if (isPerNode(on.service.mode)) return []
  const froms = homes(on, after, what)
  if (froms.length === 0) return []
  if (!isSame(mountsOf(on.document), mountsOf(after))) {
    const sentence = `The mounts of ${on.name} change: what its new tasks find of its data cannot be told.`
    return [warn('data-unknown', sentence, itself(on))]
  }
  // What goes with every task is told of already, wherever the next one runs.
  const lasting = missedPlaces(on.service).filter(({ fate }) => fate !== 'empty')
  const { nodes } = room(on, after, 'make place')
  const elsewhere = new Set<string>()
  const found = froms.map((from) => {
    const candidates = nodes.filter((id) => id !== from)
    for (const id of candidates) elsewhere.add(id)
    const { tasks, stays, now } = on
    return dataAtPlaces(lasting, { nodes: on.nodes, tasks, stays, now, from, candidates })
  })
  const { data, why } = worstOf(found)
  if (elsewhere.size === 0 || data === 'none' || data === 'keeps') return []
  const where = placesIn(on, [...elsewhere])
  const sentence = froms.some((id) => nodes.includes(id))
    ? `Nothing keeps ${on.name} where its data is: the swarm may start it on ${where}. ${why}`
    : `${on.name} cannot start where its data is: it goes to ${where}. ${why}`
  return data === 'unknown'
    ? [warn('data-unknown', sentence, itself(on))]
    : [said(on)('starts-empty', sentence, itself(on))]
}

/** Ids of the nodes where the tasks are that this replaces, or were before a service was 0. */
function homes(on: Situation, after: SpecDocument, what: Consequence): string[] {
  const leaving = replacedBy(on, after).flatMap(({ nodeId }) => nodeId ?? [])
  if (leaving.length > 0) return [...new Set(leaving)]
  const isBack = what.starts > 0 && on.slots.every(({ task }) => task === null)
  const last = isBack ? lastHome(on.stays, on.tasks) : null
  return last === null ? [] : [last]
}

/** More replicas of what keeps its data on nodes are more truths. */
function apart(on: Situation, after: SpecDocument, { starts }: Consequence): Check[] {
  const asked = on.replicas ?? 0
  const wanted = after.Mode.Replicated?.Replicas ?? 1
  if (starts === 0 || asked === 0 || wanted <= asked) return []
  const kind = stateClass(on.service).class
  if (kind === 'soft' || kind === 'durable-clustered' || kind === 'external') return []
  const own = missedPlaces(on.service).filter(
    ({ fate, counts, perTask }) => counts && !perTask && fate === 'local',
  )
  const [first] = own
  if (!first) return []
  const sentence = `${first.source ?? first.target} is another volume on each node: a replica more begins with none of the data, or writes to the same files as one on its node.`
  return [warn('replicas-apart', sentence, itself(on))]
}

const mountsOf = ({ TaskTemplate }: SpecDocument) => TaskTemplate.ContainerSpec?.Mounts

/** More nodes than this are counted. */
const fewNodes = 3

function placesIn({ nodes }: Situation, ids: readonly string[]): string {
  if (ids.length > fewNodes) return `one of ${counted(ids.length, 'other node')}`
  const names = ids.map((id) => nodeName(nodes, id)).sort()
  return listed(names, 'or')
}
