import type { Check } from '@skep/shared/contract/preview'
import { nodeName } from '../node-facts.ts'
import type { Task } from '../state.ts'
import { dataAtPlaces } from '../statefulness/data-on-move.ts'
import { missedPlaces, openWords } from '../statefulness/if-it-moves.ts'
import { type Home, lastHome, lastHomeOf } from '../statefulness/last-home.ts'
import { nameInSlot } from '../statefulness/naming.ts'
import type { Place } from '../statefulness/places.ts'
import { isPerNode } from '../task-life.ts'
import { counted, listed } from '../words.ts'
import { info, itself, warn } from './check.ts'
import { type DataChange, nodesSomeday } from './data-change.ts'
import { byWeight, goesWithTask, type Weight, weightOf } from './data-weight.ts'
import type { Situation } from './situation.ts'
import { replicasOf } from './spec-document.ts'

type Finding = {
  readonly kind: 'must' | 'copy' | 'may' | 'unknown'
  readonly weight: Weight
  readonly sentence: string
}

/**
 * What new tasks find of what the ones before kept: those that take their place, and those
 * that bring a service back that was set to 0. Of several findings the gravest is told: of an
 * empty start, and of what is there instead.
 */
export function foundChecks(change: DataChange): Check[] {
  const { on, next, consequence } = change
  if (isPerNode(next.mode) || consequence.restarts + consequence.starts === 0) return []
  const found = missedPlaces(next)
    .filter((place) => !goesWithTask(place))
    .flatMap((place) => foundIn(change, place))
  const sure = found.filter(({ kind }) => kind !== 'unknown').sort(byGravity)
  const [first] = sure
  // An empty start of one task says nothing of another that finds what is not its own.
  const other = sure.find(
    ({ kind, weight }) =>
      weight === first?.weight && (kind === 'copy') !== (first.kind === 'copy'),
  )
  const unknown = found.filter(({ kind }) => kind === 'unknown').sort(byGravity)[0]
  return [first, other, unknown].flatMap((one) => (one ? check(on, one) : []))
}

/** How many of the tasks that start are no replicas more than were asked for. */
function refilled({ on, after, consequence: { starts } }: DataChange): number {
  const asked = on.replicas ?? 0
  if (asked === 0) return starts
  return starts - Math.max(0, (replicasOf(after) ?? asked) - asked)
}

const kinds = ['must', 'copy', 'may', 'unknown'] as const

const byGravity = (a: Finding, b: Finding): number =>
  byWeight(a, b) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind)

/** By what is found and how much it matters: another one is another thing to know. */
function check(on: Situation, { kind, weight, sentence }: Finding): Check {
  if (kind === 'unknown') {
    return (weight === 'grave' ? warn : info)('data-unknown', sentence, itself(on))
  }
  const ids = {
    must: ['starts-empty', 'content-left'],
    copy: ['other-copy', 'content-of-another'],
    may: ['may-start-empty', 'content-may-be-left'],
  } as const
  const [grave, other] = ids[kind]
  if (weight === 'grave') return warn(grave, sentence, itself(on))
  return (weight === 'some' ? warn : info)(other, sentence, itself(on))
}

function foundIn(change: DataChange, place: Place): Finding[] {
  const { on, next } = change
  // Whether a cluster volume is to be had somewhere is asked where a place is looked for.
  if (place.fate === 'shared' || place.kind === 'csi' || place.source === null) return []
  const weight = weightOf(next, place)
  if (place.naming !== 'slot') {
    if (change.consequence.restarts + refilled(change) === 0) return []
    return foundOf(change, place, weight, () => true)
  }
  return comingSlots(change).flatMap((slot) => {
    const own = { ...place, source: nameInSlot(place.source ?? '', on.name, slot) }
    return foundOf(change, own, weight, (task) => task.slot === slot)
  })
}

/** The slots that get another task: those that are replaced, and those that are added. */
function comingSlots({ on, after, consequence, leaving }: DataChange): number[] {
  const asked = on.replicas ?? 0
  const wanted = replicasOf(after) ?? asked
  const added = consequence.starts > 0 ? wanted - asked : 0
  const slots = Array.from({ length: Math.max(0, added) }, (_, i) => asked + 1 + i)
  const isAll = consequence.restarts > leaving.length
  const again = isAll
    ? Array.from({ length: Math.min(asked, wanted) }, (_, i) => i + 1)
    : leaving.flatMap(({ task }) => task.slot ?? [])
  return [...new Set([...again, ...slots])]
}

/** @param isOwn whether a task is one whose data is looked for */
function foundOf(
  change: DataChange,
  place: Place,
  weight: Weight,
  isOwn: (task: Task) => boolean,
): Finding[] {
  const { on, leaving, gone, openNodes } = change
  const source = place.source ?? place.target
  const isNamed = place.kind === 'local-volume' || place.kind === 'plugin'
  // Of a service that was set to 0 its memory tells more than what the swarm has not forgotten.
  const holders = [...leaving, ...(on.replicas === 0 ? [] : gone)].filter(
    ({ task, spec }) =>
      isOwn(task) &&
      (place.naming === 'slot' ||
        task.volumes.includes(source) ||
        (!isNamed && spec?.spec.mounts.some((mount) => mount.source === source))),
  )
  const froms = new Set(holders.flatMap(({ task }) => task.nodeId ?? []))
  if (froms.size > 0) {
    return [...froms].flatMap((nodeId) => {
      const home = { nodeId, node: null }
      return foundFrom(change, place, weight, home, openNodes(nodeId))
    })
  }
  const nodes = openNodes(null)
  const home = isNamed
    ? lastHomeOf(source, on.stays, on.tasks)
    : homeOf(lastHome(on.stays, on.tasks))
  if (home) return foundFrom(change, place, weight, home, nodes)
  // One that was made with no tasks, and never changed, has had none.
  if (on.replicas !== 0 || on.previous === null || nodes.length < 2) return []
  const sentence = `On which node ${source} was used last is not known: on another one ${on.name} starts without what is in it.`
  return [{ kind: 'unknown', weight, sentence }]
}

const homeOf = (nodeId: string | null): Home | null =>
  nodeId === null ? null : { nodeId, node: null }

function foundFrom(
  change: DataChange,
  place: Place,
  weight: Weight,
  { nodeId: from, node: fromName }: Home,
  open: readonly string[],
): Finding[] {
  const { on } = change
  const candidates = open.filter((id) => id !== from)
  const { tasks, stays, now } = on
  const found = (ids: readonly string[]) =>
    dataAtPlaces([place], {
      ...{ nodes: on.nodes, tasks, stays, now, from, fromName },
      candidates: ids,
    })
  const what = place.source ?? place.target
  if (open.length === 0) {
    const someday = nodesSomeday(change)
    const later = someday.filter((id) => id !== from)
    if (later.length === 0 || isKept(found(later).data)) return []
    if (!someday.includes(from))
      return [elsewhereOnly(change, place, weight, later, found(later).why)]
    const sentence = `No node takes ${on.name} now. If ${placesIn(on, later)} is the first that does, it starts there without what is in ${what} on ${fromName ?? nodeName(on.nodes, from)}.`
    return [{ kind: 'unknown', weight, sentence }]
  }
  if (candidates.length === 0) return []
  const { data, why } = found(candidates)
  if (isKept(data)) return []
  const where = placesIn(on, candidates)
  if (data === 'unknown') {
    const sentence = `${on.name} may start on ${where}. ${openWords(place)}`
    return [{ kind: 'unknown', weight, sentence }]
  }
  const isFree = open.includes(from)
  const sentence = isFree
    ? `Nothing keeps ${on.name} where its volume ${what} is: it may start on ${where} as well. ${why}`
    : `${on.name} cannot start where its volume ${what} is, and goes to ${where}. ${why}`
  const kind = data === 'other-data' ? 'copy' : isFree ? 'may' : 'must'
  return [{ kind, weight, sentence }]
}

/** It comes back nowhere near its volume, whichever node takes it first. */
function elsewhereOnly(
  { on }: DataChange,
  { source, target }: Place,
  weight: Weight,
  later: readonly string[],
  why: string | null,
): Finding {
  const what = source ?? target
  const sentence = `${on.name} cannot start where its volume ${what} is: it waits for ${placesIn(on, later)}. ${why}`
  return { kind: 'must', weight, sentence }
}

const isKept = (data: string): boolean => data === 'none' || data === 'keeps'

/** More nodes than this are counted. */
const fewNodes = 3

function placesIn({ nodes }: Situation, ids: readonly string[]): string {
  if (ids.length > fewNodes) return `one of ${counted(ids.length, 'other node')}`
  return listed(ids.map((id) => nodeName(nodes, id)).sort(), 'or')
}
