import type { Attention, AttentionKind } from '@skep/shared/contract/attention'
import type { Moved, Statefulness, Storage } from '@skep/shared/contract/stateful'
import { foundThereWords } from '@skep/shared/vocabulary'
import { isLost, type NodeFacts, nodeName } from './node-facts.ts'
import type { Stay } from './residency.ts'
import type { Service, TaskMap } from './state.ts'
import { homeLabel, isSaidHome } from './statefulness/home-label.ts'
import { isHealthy, isTaskLost } from './task-life.ts'
import { listed } from './words.ts'

/** What is to be known of a service besides how it holds state. */
type Around = {
  readonly tasks: TaskMap
  readonly nodes: NodeFacts
  /** Of this service, newest first. */
  readonly stays: readonly Stay[]
}

/**
 * What a service needs a human for, its data included: the row that it has anyway, and at
 * most one more of each kind that is about data. Where it is down or short because the node
 * with its data is, that row says so, and there is no other about the same.
 * @param row what its tasks alone ask for
 */
export function withStateAttention(
  row: Attention | null,
  service: Service,
  found: Statefulness,
  around: Around,
): Attention[] {
  const lost = lostNodes(service, found, around)
  const rows: (Attention | null)[] =
    lost.length === 0
      ? [row, misplaced(found)]
      : row && isAboutLoss(row.kind)
        ? [{ ...row, detail: `${row.detail}; ${dataIsOn(lost)}` }]
        : [row, stranded(service, found, lost, around)]
  return [...rows, replicasOnLocal(found)].filter((each) => each !== null)
}

const isAboutLoss = (kind: AttentionKind): boolean =>
  kind === 'service-down' || kind === 'service-degraded' || kind === 'unplaced'

/**
 * Names of the nodes out of contact that have its data, as far as is known: a task that may
 * still run there, or a volume that was not used anywhere else since, unless an operator says
 * that it is on another. The data of a global
 * service belongs to the node, of which the node's own row tells; a job's to nobody.
 */
function lostNodes(service: Service, found: Statefulness, around: Around): string[] {
  if (service.mode.kind !== 'replicated' || !holdsLocalData(found)) return []
  const { tasks, nodes, stays } = around
  const ids = new Set<string>()
  for (const task of tasks.values()) {
    const ran = task.state === 'running' && isTaskLost(task, nodes)
    if (ran && task.nodeId !== null) ids.add(task.nodeId)
  }
  for (const { volume, nodeId, to } of stays) {
    const isThere = nodes.byId.has(nodeId)
    if (to === null && isThere && isLost(nodes, nodeId) && isOfData(volume, found))
      ids.add(nodeId)
  }
  return [...ids]
    .map((id) => ({ id, name: nodeName(nodes, id) }))
    .filter((node) => isSaidHome(service, node) !== false)
    .map(({ name }) => name)
    .sort()
}

function holdsLocalData({ class: kind, storage }: Statefulness): boolean {
  switch (kind) {
    case 'stateless':
    case 'soft':
    case 'external':
      return false
    case 'durable-single':
    case 'durable-clustered':
    case 'replicas-on-local':
    case 'unknown':
      return storage.some(isLocalData)
  }
}

const isLocalData = ({ kind, holdsData }: Storage): boolean =>
  (kind === 'local-volume' || kind === 'bind') && holdsData === true

/** A template stands for the name of each volume that it makes. */
const isOfData = (volume: string, { storage }: Statefulness): boolean =>
  storage.some(
    (one) =>
      isLocalData(one) && (one.source === volume || one.source?.includes('{{') === true),
  )

const dataIsOn = (lost: readonly string[]): string =>
  `its data is on ${listed(lost)}, which ${lost.length === 1 ? 'is' : 'are'} down`

const rowOf = (
  kind: AttentionKind,
  tone: Attention['tone'],
  name: string,
  title: string,
  detail: string,
  since: string | null = null,
): Attention => ({
  id: `${kind}:${name}`,
  kind,
  tone,
  subject: { kind: 'service', name },
  title: `${name} ${title}`,
  detail,
  cause: null,
  since,
})

function stranded(
  { name }: Service,
  found: Statefulness,
  lost: readonly string[],
  { tasks, nodes }: Around,
): Attention {
  const healthy = [...tasks.values()].filter((task) => isHealthy(task, nodes))
  const places = healthy.flatMap(({ nodeId }) => (nodeId ? nodeName(nodes, nodeId) : []))
  const where = listed([...new Set(places)].sort())
  const isMember = found.class === 'durable-clustered'
  const title = `has ${isMember ? 'a member and its data' : 'its data'} on ${listed(lost)}, which ${lost.length === 1 ? 'is' : 'are'} down`
  const detail =
    healthy.length === 0
      ? 'what became of it is not known'
      : isMember
        ? `its other members run on ${where}`
        : `it runs on ${where}, without that data`
  const tone = isMember && healthy.length > 0 ? 'warning' : 'critical'
  return rowOf('state-stranded', tone, name, title, detail)
}

function misplaced(found: Statefulness): Attention | null {
  if (found.placement !== 'misplaced') return null
  const detail =
    found.moved.length > 0
      ? [...found.moved.map(movedWords), ...homeWords(found.moved)].join(' ')
      : found.placementWhy
  const title = 'does not run where its data is'
  return rowOf('misplaced', 'warning', found.service, title, detail, found.lastMoved)
}

/** Without the time that it was: the row has one of its own. */
const movedWords = ({ volume, from, to, found }: Moved): string =>
  `${volume} lived on ${from} before, now on ${to}: ${foundThereWords[found]}.`

/** How the row ends, where the data is on one node: it may have been brought there by hand. */
function homeWords(moved: readonly Moved[]): string[] {
  const [home, ...others] = [...new Set(moved.map(({ to }) => to))]
  if (home === undefined || others.length > 0) return []
  return [`If its data was brought along, the label ${homeLabel}=${home} says so.`]
}

function replicasOnLocal(found: Statefulness): Attention | null {
  if (found.class !== 'replicas-on-local') return null
  const title = 'keeps different data on each node'
  return rowOf('replicas-on-local', 'warning', found.service, title, found.classWhy)
}
