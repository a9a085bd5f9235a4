import type { Statefulness } from '@skep/shared/contract/stateful'
import { nodeName } from '../node-facts.ts'
import type { Service } from '../state.ts'
import { isPerNode } from '../task-life.ts'
import { askedClass } from './asked-class.ts'
import { isOfNode } from './naming.ts'
import { oldVolume, oldVolumeWords, staysOfMembers } from './old-volume.ts'
import { held, type Placement } from './placement.ts'
import type { Place } from './places.ts'
import { productOf } from './product.ts'
import type { StateFacts } from './statefulness.ts'
import { placesOf } from './storage.ts'

type Judged = Pick<Statefulness, 'ifItMoves' | 'ifItMovesWhy'>

const is = (ifItMoves: Judged['ifItMoves'], ifItMovesWhy: string): Judged => ({
  ifItMoves,
  ifItMovesWhy,
})

/** The places whose content a moved task would miss: those that it only reads as well. */
export const missedPlaces = (service: Service): readonly Place[] =>
  placesOf(service).filter(isMissed)

const isMissed = ({ counts, fate, readOnly }: Place): boolean =>
  counts || (readOnly && fate === 'local')

/**
 * Whether nothing shows that a service keeps data, and nothing that it does not: its image is
 * not known, and nobody has said.
 */
export function isOpen(service: Service): boolean {
  const asked = askedClass(service)
  return productOf(service) === null && (asked === null || asked === 'nonsense')
}

export const unknownImageWords =
  'Nothing is mounted to keep data in. Its image is not known: whether it makes volumes of its own, which go with every task, cannot be told.'

/** What a service finds of its data if its task goes to another node. */
export function ifItMoves(service: Service, facts: StateFacts, placed: Placement): Judged {
  const places = missedPlaces(service)
  if (places.length === 0) {
    return isOpen(service)
      ? is('cannot-tell', unknownImageWords)
      : is('keeps', 'Nothing that it keeps would stay behind.')
  }
  const { mode } = service
  const surelyLost = places.find(
    ({ fate, holdsData }) => fate === 'empty' && holdsData === true,
  )
  if (surelyLost) return is('starts-empty', lostWords(surelyLost))
  if (isPerNode(mode)) {
    return is('refuses', 'One task per node: none goes to another node.')
  }
  const there = staysOfMembers(facts.stays, facts.nodes)
  const old = places.flatMap((place) => oldVolume(place, there) ?? [])[0]
  const bound =
    old !== undefined || places.some(({ fate }) => fate === 'local' || fate === 'host')
  if (bound) {
    const { pinnedTo, isNowhere } = placed.verdict === null ? held(service, facts) : placed
    if (pinnedTo !== null) {
      return is(
        'refuses',
        `Its constraints allow ${pinnedTo} only: it waits for that node.`,
      )
    }
    if (isNowhere) return is('refuses', 'No node satisfies its constraints: it waits.')
  }
  const local = places.find(({ fate }) => fate === 'local')
  if (local) return is('starts-empty', leftWords(local))
  const lost = places.find(({ fate, holdsData }) => fate === 'empty' && holdsData === null)
  if (lost) return is('starts-empty', lostWords(lost))
  const open = places.find(({ fate }) => fate === 'host' || fate === 'unknown')
  if (open) return is('cannot-tell', openWords(open))
  return old !== undefined
    ? is('cannot-tell', oldVolumeWords(old, nodeName(facts.nodes, old.nodeId)))
    : is('keeps', 'What it keeps is reached from every node.')
}

const lostWords = ({ target, why }: Place): string =>
  target === '/'
    ? `${why} It goes with every task, on the same node too.`
    : `${target}: ${why} It goes with every task, on the same node too.`

const leftWords = (place: Place): string => {
  const { source, target, readOnly, naming } = place
  const volume = source ?? target
  const what = readOnly ? 'what it reads there' : 'its data'
  return isShareOfNode(place)
    ? `${volume} is another share on each node, by a template: ${what} stays in the one of before.`
    : isOfNode(naming)
      ? `${volume} has another name on each node: ${what} stays behind.`
      : `${volume} is another volume on each node, though of the same name: ${what} stays behind.`
}

/** Whether what is on a network is another part of it for each node. */
export const isShareOfNode = ({ kind, fate }: Pick<Place, 'kind' | 'fate'>): boolean =>
  kind === 'remote-volume' && fate === 'local'

/** Why nobody can say what is found there on another node. */
export function openWords({ kind, source, target, driver, naming, why }: Place): string {
  const name = source ?? target
  switch (kind) {
    case 'bind':
      return `${name} is a path of the node: whether another node has the same there cannot be told.`
    case 'csi':
      return `${name} is a cluster volume: its driver and scope decide which nodes reach it.`
    case 'plugin':
      if (isOfNode(naming)) {
        return `${name} has another name on each node: whether driver ${driver ?? ''} keeps the same by it there cannot be told.`
      }
      return `${name} is an affair of driver ${driver ?? ''}: whether other nodes reach it cannot be told.`
    case 'local-volume':
      return `${name} mounts a device of the node: whether another node has the same cannot be told.`
    case 'remote-volume':
      return `${name} is another share for each replica, by a template: which one a node mounts by that name cannot be told.`
    default:
      return target === '/' ? why : `${target}: ${why}`
  }
}
