import type { Check } from '@skep/shared/contract/preview'
import type { Mount, Service } from '../state.ts'
import { missedPlaces } from '../statefulness/if-it-moves.ts'
import { lastHomeOf } from '../statefulness/last-home.ts'
import type { Place } from '../statefulness/places.ts'
import { productOf } from '../statefulness/product.ts'
import { placesOf } from '../statefulness/storage.ts'
import { listed } from '../words.ts'
import { itself, warn } from './check.ts'
import type { DataChange } from './data-change.ts'
import { goesWithTask, type Weight, weightOf } from './data-weight.ts'
import type { Situation } from './situation.ts'

type Kept = { readonly spec: Service; readonly place: Place; readonly weight: Weight }

/**
 * What the tasks before were given to keep data in, and the next ones are not. Those before
 * are the ones that ran: a spec that never did has left nothing anywhere.
 */
export function leftOutChecks(change: DataChange): Check[] {
  const { on, next, leaving, gone, consequence } = change
  if (consequence.restarts + consequence.starts === 0) return []
  const old = new Set([...leaving, ...gone].map(({ spec }) => spec))
  const specs = [...[...old].flatMap((spec) => spec ?? []), ...atRest(on)]
  const kept = specs.flatMap((spec) =>
    missedPlaces(spec)
      .filter((place) => !goesWithTask(place) && wasUsed(on, place))
      .map((place): Kept => ({ spec, place, weight: weightOf(spec, place) }))
      .filter(({ weight }) => weight !== 'little'),
  )
  const keeps = kept.length > 0 || missedPlaces(next).length > 0
  if (old.has(null) && keeps) {
    const sentence = `A task of an older spec of ${on.name} is replaced: what it keeps, and where, is not known.`
    return [warn('data-unknown-spec', sentence, itself(on))]
  }
  const dropped = kept.filter((one) => !isMounted(next, one))
  if (dropped.length > 0) return [leftOut(change, dropped)]
  const elsewhere = kept.filter((one) => isOffHome(next, one))
  if (elsewhere.length > 0) return [offHome(change, elsewhere)]
  return inContainer(change, specs)
}

/**
 * What a service that was set to 0 was asked for before, if it kept anything: the swarm has
 * forgotten the tasks.
 */
function atRest(on: Situation): Service[] {
  if (on.replicas !== 0 || on.previous === null) return []
  const spec = on.asService(on.previous)
  const kept = missedPlaces(spec).filter((place) => !goesWithTask(place))
  return kept.some((place) => wasUsed(on, place)) ? [spec] : []
}

/** Of a service that was set to 0, whether anything is known to have been in a place. */
const wasUsed = ({ replicas, stays, tasks }: Situation, { kind, source }: Place): boolean =>
  replicas !== 0 ||
  kind !== 'local-volume' ||
  (source !== null && lastHomeOf(source, stays, tasks) !== null)

/** By what makes a volume or a path the same one, whatever it is called. */
function isMounted(next: Service, { spec, place }: Kept): boolean {
  const was = spec.spec.mounts.find(
    ({ source, target }) => source === place.source && target === place.target,
  )
  return (
    was !== undefined && next.spec.mounts.some((mount) => identity(mount) === identity(was))
  )
}

const identity = ({ type, source, driver, device, filesystem, subpath }: Mount): string =>
  JSON.stringify([type, source, driver ?? 'local', device, filesystem, subpath])

function leftOut({ on }: DataChange, dropped: readonly Kept[]): Check {
  const names = namesOf(dropped)
  const sentence = `${listed(names)} ${names.length === 1 ? 'is' : 'are'} not mounted any more as before: new tasks of ${on.name} start without what is in there.`
  return warn(idOf(dropped, 'data-left-out', 'content-left-out'), sentence, itself(on))
}

/** Whether it is still mounted, but not where it is looked for. */
function isOffHome(next: Service, { spec, place }: Kept): boolean {
  const product = productOf(next)
  const there = placesOf(next).filter(({ source }) => source === place.source)
  if (product && product.homes.length > 0) {
    return place.isHome && !there.some(({ isHome }) => isHome)
  }
  return productOf(spec) === null && !there.some(({ target }) => target === place.target)
}

function offHome({ on, next }: DataChange, found: readonly Kept[]): Check {
  const names = namesOf(found)
  const who = productOf(next)?.name ?? on.name
  const sentence = `${listed(names)} ${names.length === 1 ? 'is' : 'are'} mounted elsewhere then: ${who} may not look for its data there, and start without.`
  return warn(idOf(found, 'data-left-out', 'content-left-out'), sentence, itself(on))
}

/** What is kept in the container from then on, and was not before. */
function inContainer({ on, next }: DataChange, specs: readonly Service[]): Check[] {
  const known = new Set(specs.flatMap(missedPlaces).map(keyOf))
  const fresh = missedPlaces(next).find(
    (place) =>
      goesWithTask(place) &&
      !known.has(keyOf(place)) &&
      weightOf(next, place) === 'grave' &&
      specs.some((spec) => missedPlaces(spec).length > 0),
  )
  if (!fresh) return []
  const where = fresh.target === '/' ? 'its container' : fresh.target
  const sentence = `From then on ${on.name} keeps its data in ${where}, which goes with every task. What it has now is not looked for there.`
  return [warn('data-left-out', sentence, itself(on))]
}

const namesOf = (kept: readonly Kept[]): string[] => [
  ...new Set(kept.map(({ place }) => place.source ?? place.target)),
]

const idOf = (kept: readonly Kept[], grave: string, other: string): string =>
  kept.some(({ weight }) => weight === 'grave') ? grave : other

const keyOf = ({ kind, target }: Place): string => `${kind} ${target}`
