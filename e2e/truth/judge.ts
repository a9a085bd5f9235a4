import type {
  AffectedTask,
  DataOutcome,
  NodePreview,
  TaskOutcome,
} from '@skep/shared/contract/node-preview'
import type { Fate } from './fate.ts'

/** What was seen of one task that was on the node, or that was announced. */
export type Observed = {
  task: string
  service: string
  slot: string
  fate: Fate
  /** Whether a preview has to list it, even if nothing becomes of it. */
  touched: boolean
  /** Its path may be on nodes that nothing was ever seen of it on. */
  pathUnknown: boolean
  /** It was updated to a spec that cannot run anywhere. */
  specFails: boolean
  /** What its successor found; null where none ran. */
  data: DataOutcome | null
  /** Where the successor ran, and what the engine said. */
  words: string
  /** Whether it ran again once the node was active again; null where not looked at. */
  returned: boolean | null
}

export type Judged = {
  task: string
  service: string
  slot: string
  predicted: TaskOutcome | 'not announced'
  observed: Fate
  data: { predicted: DataOutcome; observed: DataOutcome } | null
  returns: { predicted: boolean; observed: boolean } | null
  right: boolean
  /** Waited, vanished, stayed away or started empty, and nothing had said that it could. */
  unannounced: boolean
  said: string
  seen: string
}

/**
 * Holds what was said of the tasks against what became of them. Replicas of one service on
 * one node are interchangeable: any of them may have had the fate that was announced for
 * another.
 */
export function judge(
  announced: NodePreview['tasks'],
  observed: readonly Observed[],
): Judged[] {
  const services = new Set(observed.map(({ service }) => service))
  return [...services].flatMap((service) => {
    const of = (each: { service: string }) => each.service === service
    return pairs(announced.filter(of), observed.filter(of)).map(([said, seen]) =>
      verdict(said, seen),
    )
  })
}

type Pair = readonly [AffectedTask | null, Observed]

/** The best fit first; what fits nothing is paired last, task with task where it can be. */
function pairs(announced: readonly AffectedTask[], observed: readonly Observed[]): Pair[] {
  const said = new Set(announced)
  const seen = new Set(observed)
  const made: Pair[] = []
  const take = (fits: (said: AffectedTask, seen: Observed) => boolean) => {
    for (const one of seen) {
      const other = [...said].find((candidate) => fits(candidate, one))
      if (!other) continue
      said.delete(other)
      seen.delete(one)
      made.push([other, one])
    }
  }
  const exact = (a: AffectedTask, b: Observed) => a.outcome === nameOf(b.fate)
  const data = (a: AffectedTask, b: Observed) => isDataRight(a, b)
  const same = (a: AffectedTask, b: Observed) => a.task === b.task
  take((a, b) => same(a, b) && exact(a, b) && data(a, b))
  take((a, b) => exact(a, b) && data(a, b))
  take((a, b) => exact(a, b))
  take((a, b) => isOutcomeRight(a.outcome, b) && data(a, b))
  take((a, b) => isOutcomeRight(a.outcome, b))
  take(same)
  take((_, b) => b.touched)
  return [...made, ...[...seen].map((one) => [null, one] as const)]
}

function verdict(said: AffectedTask | null, seen: Observed): Judged {
  const outcomeRight = said
    ? isOutcomeRight(said.outcome, seen)
    : seen.fate === 'stays' && !seen.touched
  const data = said && seen.data ? { predicted: said.data, observed: seen.data } : null
  const dataRight = data === null || said === null || isDataRight(said, seen)
  const returns =
    said?.returns != null && seen.returned !== null && outcomeRight
      ? { predicted: said.returns, observed: seen.returned }
      : null
  const returnsRight = returns === null || returns.predicted === returns.observed
  const staysAway = returns?.predicted === true && !returns.observed
  return {
    task: seen.task,
    service: seen.service,
    slot: seen.slot,
    predicted: said?.outcome ?? 'not announced',
    observed: seen.fate,
    data,
    returns,
    right: outcomeRight && dataRight && returnsRight,
    unannounced:
      (isBad(seen.fate) && !warned(said, seen.fate)) || staysAway || lost(said, seen),
    said: said ? sentenceOf(said) : '',
    seen: seen.words,
  }
}

/** Coming up again where it was is a move too: what matters is that it runs. */
const nameOf = (fate: Fate): string => (fate === 'comes-up' ? 'moves' : fate)

function isOutcomeRight(
  said: TaskOutcome,
  { fate, pathUnknown, specFails }: Observed,
): boolean {
  const name = nameOf(fate)
  if (said === 'may-wait') return name === 'moves' || name === 'waits'
  // That is how `fails` is defined: a path that is not known to be there.
  if (said === 'fails' && pathUnknown && name === 'moves') return true
  // It runs nowhere: where other attempts have the room, it is chance whether it comes to fail.
  if (said === 'fails' && specFails && name === 'waits') return true
  return said === name
}

function isDataRight({ outcome, data: said }: AffectedTask, observed: Observed): boolean {
  const { fate, data: seen } = observed
  if (seen === null) return true
  // What waited after all is back where its data is.
  if (outcome === 'may-wait' && fate === 'waits' && seen === 'keeps') return true
  return dataAgrees(said, seen)
}

/** Whether a task found of its data what was said; `unknown` said nothing. */
export const dataAgrees = (said: DataOutcome, seen: DataOutcome): boolean =>
  said === 'unknown' ||
  said === seen ||
  // Perhaps an old copy of that name, perhaps none.
  (said === 'other-data' && seen === 'starts-empty')

const isBad = (fate: Fate): boolean => !['moves', 'comes-up', 'stays'].includes(fate)

/** Any of the bad ends was announced, be it another than the one that came. */
const warned = (said: AffectedTask | null, fate: Fate): boolean => {
  if (said === null || said.outcome === 'moves' || said.outcome === 'stays') return false
  return said.outcome !== 'may-wait' || fate === 'waits'
}

const lost = (said: AffectedTask | null, { data }: Observed): boolean =>
  (data === 'starts-empty' || data === 'other-data') &&
  (said === null || said.data === 'none' || said.data === 'keeps')

const sentenceOf = ({ why, blockedBy, candidates, dataWhy }: AffectedTask): string =>
  [why, blockedBy, dataWhy, candidates.length > 0 ? `→ ${candidates.join(', ')}` : null]
    .filter((part) => part !== null)
    .join(' | ')
