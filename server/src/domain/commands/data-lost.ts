import type { Check } from '@skep/shared/contract/preview'
import type { Service } from '../state.ts'
import { missedPlaces } from '../statefulness/if-it-moves.ts'
import type { Place } from '../statefulness/places.ts'
import { counted, listed } from '../words.ts'
import { info, itself, warn } from './check.ts'
import { byWeight, goesWithTask, type Weight, weightOf } from './data-weight.ts'
import type { Situation } from './situation.ts'

/**
 * What goes with tasks that end, on the same node too: what they keep in their containers, in
 * memory, and in volumes without a name.
 * @param specs what the tasks are made of that may end
 * @param ending how many of them do
 */
export function lostChecks(
  on: Situation,
  specs: readonly Service[],
  ending: number,
): Check[] {
  if (ending === 0) return []
  const gone = specs
    .flatMap((spec) =>
      missedPlaces(spec)
        .filter(goesWithTask)
        .map((place) => ({ place, weight: weightOf(spec, place) })),
    )
    .sort(byWeight)
  const sure = gone.filter(({ place }) => place.fate === 'empty')
  const [first] = sure
  const tasks =
    ending === 1 ? 'the task that ends' : `the ${counted(ending, 'task')} that end`
  const checks = first
    ? [
        lost(
          on,
          first.weight,
          sure.map(({ place }) => nameOf(place)),
          tasks,
        ),
      ]
    : []
  const unclear = gone.find(({ place }) => place.fate === 'unknown')
  return unclear ? [...checks, maybeLost(on, unclear.place, tasks)] : checks
}

function lost(on: Situation, weight: Weight, names: string[], tasks: string): Check {
  const what = listed([...new Set(names)])
  const sentence = `What ${on.name} keeps in ${what} goes with ${tasks}, on the same node too.`
  if (weight === 'grave') return warn('data-lost', sentence, itself(on))
  return (weight === 'some' ? warn : info)('content-lost', sentence, itself(on))
}

/** A volume that the image has made is where data goes that was mounted in the wrong place. */
function maybeLost(on: Situation, place: Place, tasks: string): Check {
  const sentence = `${nameOf(place)}: ${place.why} What is there goes with ${tasks}.`
  const say = place.kind === 'anonymous' ? warn : info
  return say('content-unclear', capital(sentence), itself(on))
}

const nameOf = ({ target }: Place): string => (target === '/' ? 'its container' : target)

const capital = (text: string): string =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
