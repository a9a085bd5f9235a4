import type { Statefulness } from '@skep/shared/contract/stateful'
import type { Service } from '../state.ts'
import { isPerNode } from '../task-life.ts'
import { held, type Placement } from './placement.ts'
import type { Place } from './places.ts'
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

/** What a service finds of its data if its task goes to another node. */
export function ifItMoves(service: Service, facts: StateFacts, placed: Placement): Judged {
  const places = missedPlaces(service)
  if (places.length === 0) return is('keeps', 'Nothing that it keeps would stay behind.')
  const { mode } = service
  const surelyLost = places.find(
    ({ fate, holdsData }) => fate === 'empty' && holdsData === true,
  )
  if (surelyLost) return is('starts-empty', lostWords(surelyLost))
  if (isPerNode(mode)) {
    return is('refuses', 'One task per node: none goes to another node.')
  }
  const bound = places.some(({ fate }) => fate === 'local' || fate === 'host')
  if (bound) {
    const { verdict, pinnedTo, isNowhere } =
      placed.verdict === null ? held(service, facts) : placed
    if (verdict === 'pinned') {
      return is(
        'refuses',
        `Its constraints allow ${pinnedTo ?? 'one node'} only: it waits for that node.`,
      )
    }
    if (isNowhere) return is('refuses', 'No node satisfies its constraints: it waits.')
  }
  const local = places.find(({ fate }) => fate === 'local')
  if (local) return is('starts-empty', leftWords(local))
  const lost = places.find(({ fate, holdsData }) => fate === 'empty' && holdsData === null)
  if (lost) return is('starts-empty', lostWords(lost))
  const open = places.find(({ fate }) => fate === 'host' || fate === 'unknown')
  return open
    ? is('cannot-tell', openWords(open))
    : is('keeps', 'What it keeps is reached from every node.')
}

const lostWords = ({ target, why }: Place): string =>
  target === '/'
    ? `${why} It goes with every task, on the same node too.`
    : `${target}: ${why} It goes with every task, on the same node too.`

const leftWords = ({ source, target, readOnly, naming }: Place): string => {
  const volume = source ?? target
  const what = readOnly ? 'what it reads there' : 'its data'
  return naming === 'node'
    ? `${volume} has another name on each node: ${what} stays behind.`
    : `${volume} is another volume on each node, though of the same name: ${what} stays behind.`
}

/** Why nobody can say what is found there on another node. */
export function openWords({ kind, source, target, driver, why }: Place): string {
  const name = source ?? target
  switch (kind) {
    case 'bind':
      return `${name} is a path of the node: whether another node has the same there cannot be told.`
    case 'csi':
      return `${name} is a cluster volume: its driver and scope decide which nodes reach it.`
    case 'plugin':
      return `${name} is an affair of driver ${driver ?? ''}: whether other nodes reach it cannot be told.`
    case 'local-volume':
      return `${name} mounts a device of the node: whether another node has the same cannot be told.`
    default:
      return `${target}: ${why}`
  }
}
