import type { DataOutcome } from '@skep/shared/contract/node-preview'
import { nodeName } from '../node-facts.ts'
import type { Service } from '../state.ts'
import {
  isOpen,
  isShareOfNode,
  missedPlaces,
  openWords,
  unknownImageWords,
} from './if-it-moves.ts'
import { hadContainer } from './last-home.ts'
import { standsFor } from './naming.ts'
import { oldVolume, oldVolumeWords } from './old-volume.ts'
import type { Place } from './places.ts'
import type { StateFacts } from './statefulness.ts'

/** One task that leaves a node, and the nodes that its replacement could go to; ids. */
type Departure = StateFacts & {
  readonly from: string
  /** What that node was called, where it may be gone; null: as it is called now. */
  readonly fromName?: string | null
  readonly candidates: readonly string[]
}

type Found = { readonly data: DataOutcome; readonly why: string | null }

/**
 * What a task's replacement finds of its data. Where no other node takes it, it waits for
 * the node that it left: what is there is there then. Of several places the worst is told.
 */
export function dataOnMove(service: Service, facts: Departure): Found {
  const places = missedPlaces(service)
  // No risk is made of it: that would be one for nearly every service there is.
  if (places.length === 0 && isOpen(service))
    return { data: 'none', why: unknownImageWords }
  return dataAtPlaces(places, facts)
}

/** The same of these places alone. */
export const dataAtPlaces = (places: readonly Place[], facts: Departure): Found =>
  worstOf(places.map((place) => foundAt(place, facts)))

/** The worst of several, the first of equals; nothing, if there are none. */
export const worstOf = (found: readonly Found[]): Found =>
  found.reduce(worse, { data: 'none', why: null })

const badness: Readonly<Record<DataOutcome, number>> = {
  none: 0,
  keeps: 1,
  unknown: 2,
  'starts-empty': 3,
  'other-data': 4,
}

const worse = (a: Found, b: Found): Found => (badness[b.data] > badness[a.data] ? b : a)

function foundAt(place: Place, facts: Departure): Found {
  const { fate, source, target, readOnly } = place
  const name = source ?? target
  const waits = facts.candidates.length === 0
  switch (fate) {
    case 'empty':
      return {
        data: 'starts-empty',
        why: `${target === '/' ? '' : `${target}: `}${place.why} It goes with every task.`,
      }
    case 'local': {
      if (waits) return { data: 'keeps', why: null }
      const other = otherCopy(place, facts)
      if (other !== null) {
        const why = `${name} on ${nodeName(facts.nodes, other)} may hold an old copy, or another replica’s data.`
        return { data: 'other-data', why }
      }
      const what = readOnly ? 'what it reads' : 'its data'
      const left = facts.fromName ?? nodeName(facts.nodes, facts.from)
      const why = isShareOfNode(place)
        ? `${name} is another share on each node, by a template: it starts empty, and ${what} stays in that of ${left}.`
        : `${name} is another volume on each node: it starts empty, and ${what} stays on ${left}.`
      return { data: 'starts-empty', why }
    }
    case 'shared': {
      // Where it waits, it comes back to the very same, whatever that is.
      const old = waits ? undefined : oldVolume(place, staysAtEither(facts))
      return old === undefined
        ? { data: 'keeps', why: `${name} is reached from every node.` }
        : { data: 'unknown', why: oldVolumeWords(old, nodeName(facts.nodes, old.nodeId)) }
    }
    case 'host':
      return waits
        ? { data: 'keeps', why: null }
        : { data: 'unknown', why: openWords(place) }
    case 'unknown':
      return { data: 'unknown', why: openWords(place) }
  }
}

/** The stays on the node that is left, and on those that could take the task. */
function staysAtEither({ stays, from, candidates }: Departure): Departure['stays'] {
  const either = new Set([from, ...candidates])
  return stays.filter(({ nodeId }) => either.has(nodeId))
}

/** A node that could take the task and where a volume of that name was used before. */
function otherCopy(place: Place, facts: Departure): string | null {
  const { source } = place
  if (source === null) return null
  const candidates = new Set(facts.candidates)
  const stay = facts.stays.find(
    ({ nodeId, volume }) => candidates.has(nodeId) && standsFor(source, volume),
  )
  if (stay) return stay.nodeId
  for (const task of facts.tasks.values()) {
    const { nodeId, volumes } = task
    if (nodeId !== null && candidates.has(nodeId) && hadContainer(task)) {
      if (volumes.includes(source)) return nodeId
    }
  }
  return null
}
