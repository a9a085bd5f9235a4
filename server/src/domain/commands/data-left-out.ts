import type { Check } from '@skep/shared/contract/preview'
import type { Service } from '../state.ts'
import { missedPlaces } from '../statefulness/if-it-moves.ts'
import type { Place } from '../statefulness/places.ts'
import { productOf } from '../statefulness/product.ts'
import { placesOf } from '../statefulness/storage.ts'
import { listed } from '../words.ts'
import { itself, warn } from './check.ts'
import type { DataChange } from './data-change.ts'
import { goesWithTask, weightOf } from './data-weight.ts'

/** What the tasks before were given to keep data in, and the next ones are not. */
export function leftOutChecks(change: DataChange): Check[] {
  const { on, next, leaving, consequence } = change
  if (consequence.restarts + consequence.starts === 0) return []
  const old = new Set(leaving.map(({ spec }) => spec))
  const keeps = missedPlaces(next).length > 0 || missedPlaces(on.service).length > 0
  const checks: Check[] = []
  if (old.has(null) && keeps) {
    const sentence = `A task of an older spec of ${on.name} is replaced: what it keeps, and where, is not known.`
    checks.push(warn('data-unknown-spec', sentence, itself(on)))
  }
  const before =
    leaving.length === 0 ? [on.service] : [...old].flatMap((spec) => spec ?? [])
  const dropped = before.flatMap((spec) =>
    missedPlaces(spec)
      .filter((place) => !goesWithTask(place) && weightOf(spec, place) === 'grave')
      .filter(({ source }) => !next.spec.mounts.some((mount) => mount.source === source)),
  )
  if (dropped.length > 0) {
    const names = [...new Set(dropped.map(({ source, target }) => source ?? target))]
    const sentence = `${listed(names)} ${names.length === 1 ? 'is' : 'are'} not mounted any more: new tasks of ${on.name} start without what is in there.`
    return [...checks, warn('data-left-out', sentence, itself(on))]
  }
  const homes = before.flatMap((spec) =>
    missedPlaces(spec).filter(
      (place) => place.isHome && weightOf(spec, place) === 'grave' && !isHome(next, place),
    ),
  )
  const product = productOf(next)
  if (homes.length > 0 && product && product.homes.length > 0) {
    const names = [...new Set(homes.map(({ source, target }) => source ?? target))]
    const sentence = `${product.name} does not look for its data where ${listed(names)} ${names.length === 1 ? 'is' : 'are'} mounted then: it starts without.`
    return [...checks, warn('data-left-out', sentence, itself(on))]
  }
  const known = new Set(before.flatMap(missedPlaces).map(keyOf))
  const fresh = missedPlaces(next).find(
    (place) =>
      goesWithTask(place) &&
      !known.has(keyOf(place)) &&
      weightOf(next, place) === 'grave' &&
      before.some((spec) => missedPlaces(spec).length > 0),
  )
  if (!fresh) return checks
  const where = fresh.target === '/' ? 'its container' : fresh.target
  const sentence = `From then on ${on.name} keeps its data in ${where}, which goes with every task. What it has now is not looked for there.`
  return [...checks, warn('data-left-out', sentence, itself(on))]
}

/** Whether what is mounted there is where the software of this spec keeps its data. */
const isHome = (spec: Service, { source, target }: Place): boolean =>
  placesOf(spec).some(
    (place) =>
      place.isHome &&
      place.source === source &&
      (source !== null || place.target === target),
  )

const keyOf = ({ kind, target }: Place): string => `${kind} ${target}`
