import type {
  AffectedTask,
  DataOutcome,
  TaskOutcome,
} from '@skep/shared/contract/node-preview'
import { dataWords, outcomeWords, type Word } from '@skep/shared/vocabulary'

/** The groups of a node's preview, in the order in which they are read. */
const outcomes = [
  'moves',
  'may-wait',
  'waits',
  'stops',
  'not-replaced',
  'stays',
  'fails',
] as const satisfies readonly TaskOutcome[]

/** Tasks of one service of which the same is said. */
export type Sort = {
  tasks: AffectedTask[]
  /** Any of them: it speaks for all. */
  one: AffectedTask
}

export type ServiceTasks = { service: string; count: number; sorts: Sort[] }

export type TaskGroup = {
  key: TaskOutcome | 'data'
  word: Word
  meaning: string
  count: number
  /** Those with the most tasks first. */
  services: ServiceTasks[]
  /** Whether somebody should read it before pressing. */
  isRisk: boolean
}

const atRisk: readonly DataOutcome[] = ['starts-empty', 'other-data', 'unknown']

/** Whether what a task's replacement finds of its data is not what was there. */
export const isDataAtRisk = ({ data }: Pick<AffectedTask, 'data'>): boolean =>
  atRisk.includes(data)

/**
 * The tasks of a preview by what becomes of them, and again those whose data is at risk.
 * Within a group by service, and within that by what is said of them: 500 tasks are as
 * many lines as there are different things to say. Empty groups are left out. Pure.
 */
export function taskGroups(tasks: readonly AffectedTask[]): TaskGroup[] {
  const byOutcome = Map.groupBy(tasks, ({ outcome }) => outcome)
  const groups = outcomes.flatMap((outcome) => {
    const those = byOutcome.get(outcome) ?? []
    const { meaning, ...word } = outcomeWords[outcome]
    const isRisk = word.tone === 'warning' || word.tone === 'critical'
    return those.length === 0
      ? []
      : [groupOf({ key: outcome, word, meaning, isRisk }, those, outcomeSaying)]
  })
  const data = tasks.filter(isDataAtRisk)
  if (data.length === 0) return groups
  const word: Word = { ...dataWords['starts-empty'], label: 'Data at risk' }
  const meaning = 'What the replacement finds is not what was there.'
  return [
    ...groups,
    groupOf({ key: 'data', word, meaning, isRisk: true }, data, dataSaying),
  ]
}

function groupOf(
  head: Pick<TaskGroup, 'key' | 'word' | 'meaning' | 'isRisk'>,
  tasks: AffectedTask[],
  saying: (task: AffectedTask) => string,
): TaskGroup {
  const services = [...Map.groupBy(tasks, ({ service }) => service)]
    .map(([service, those]) => ({
      service,
      count: those.length,
      sorts: [...Map.groupBy(those, saying).values()].flatMap((tasks) => {
        const [one] = tasks
        return one ? [{ tasks, one }] : []
      }),
    }))
    .sort((a, b) => b.count - a.count || (a.service < b.service ? -1 : 1))
  return { ...head, count: tasks.length, services }
}

const outcomeSaying = (task: AffectedTask) =>
  JSON.stringify([task.why, task.candidates, task.blockedBy, task.returns])

const dataSaying = ({ data, dataWhy }: AffectedTask) => JSON.stringify([data, dataWhy])

/** What a preview is glad to say that it has none of. */
const absences = ['may-wait', 'waits', 'not-replaced', 'fails', 'data'] as const

/** "None: will wait, not replaced, data at risk."; null where there is nothing to miss. */
export function absenceSentence(groups: readonly TaskGroup[]): string | null {
  const missing = absences
    .filter((key) => groups.every((group) => group.key !== key))
    .map((key) => (key === 'data' ? 'data at risk' : outcomeWords[key].label.toLowerCase()))
  return missing.length > 0 ? `None: ${missing.join(', ')}.` : null
}

/** "slots 1–4 and 7"; the slots of a global service are its nodes, which go without saying. */
export function slotWords(tasks: readonly AffectedTask[]): string | null {
  const numbers = tasks.map(({ slot }) => Number(slot)).filter((slot) => slot > 0)
  if (numbers.length === 0 || numbers.length < tasks.length) return null
  return `${numbers.length === 1 ? 'slot' : 'slots'} ${ranges(numbers)}`
}

/** "1–4, 7, 9": runs of three and more are drawn together. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && number === last[1]) continue
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs
    .map(([from, to]) =>
      from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`,
    )
    .join(', ')
}

/** "to n1, n2 or n3", with no more names than can be read: the swarm decides. */
export function candidateWords(candidates: readonly string[]): string | null {
  const shown = 4
  const [first] = candidates
  if (first === undefined) return null
  if (candidates.length === 1) return `to ${first}, the only node that takes it`
  if (candidates.length > shown)
    return `to ${candidates.slice(0, shown).join(', ')} or one of ${candidates.length - shown} more`
  return `to ${candidates.slice(0, -1).join(', ')} or ${candidates.at(-1)}`
}
