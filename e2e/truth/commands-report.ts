import type { Campaign } from './campaign.ts'
import type { Item } from './commands-judge.ts'
import { commandScenarioOf } from './commands-plan.ts'
import type { CommandCase } from './commands-play.ts'
import {
  brokenWords,
  type Course,
  casesOf,
  courseOf,
  courseWords,
  isHeld,
  type Place,
  place,
  wrongPlace,
} from './course.ts'
import type { ServicePlan } from './scenario.ts'
import { type Counts, counts, percent, table } from './tables.ts'

/** What was not as it was said, with all that is needed to see it again. */
type Wrong = Item &
  Place & {
    action: CommandCase['action']
    plan: ServicePlan | null
    sentences: readonly string[]
  }

export type CommandReport = Course & {
  actions: number
  /** By kind of command: those that were tried, and those that were not. */
  kinds: Counts
  skipped: (Place & { why: string })[]
  /** New tasks, and all that was judged: tasks, stops, counts and flat claims. */
  tasks: number
  judged: number
  right: number
  unannounced: number
  /** What new tasks found, and what they were judged to be. */
  found: Counts
  /** What was warned of, and whether it came true. */
  warned: Counts
  /** How many commands that replace or add tasks warned of nothing. */
  quiet: number
  byEngine: Record<string, { actions: number; judged: number; right: number }>
  wrong: Wrong[]
}

export function commandReportOf(
  campaigns: readonly Campaign<CommandCase>[],
  seed: number,
): CommandReport {
  const cases = casesOf(campaigns)
  const tried = cases.filter(({ skipped }) => skipped === null)
  const items = tried.flatMap((each) => each.items)
  const placing = tried.filter((each) => each.items.some(({ about }) => about === 'task'))
  return {
    ...courseOf(campaigns, seed),
    actions: tried.length,
    kinds: counts(
      cases.map(({ action, skipped }) => [action.kind, skipped ? 'skipped' : 'tried']),
    ),
    skipped: cases.flatMap(({ engine, seed, round, skipped }) =>
      skipped === null ? [] : [{ engine, seed, round, why: skipped }],
    ),
    tasks: items.filter(({ about }) => about === 'task').length,
    judged: items.length,
    right: items.filter(({ right }) => right).length,
    unannounced: items.filter(({ unannounced }) => unannounced).length,
    found: counts(
      items.map((item) => [
        item.found ?? item.about,
        item.right ? 'as said' : 'not as said',
      ]),
    ),
    warned: counts(
      tried.flatMap(({ warned }) =>
        warned.map(({ of, cameTrue }) => [of, cameTrue ? 'came true' : 'did not']),
      ),
    ),
    quiet: placing.filter(({ warned }) => warned.length === 0).length,
    byEngine: Object.fromEntries(
      campaigns.map(({ engine }) => {
        const mine = tried.filter((each) => each.engine === engine)
        const judged = mine.flatMap((each) => each.items)
        const right = judged.filter((each) => each.right).length
        return [engine, { actions: mine.length, judged: judged.length, right }]
      }),
    ),
    wrong: tried.flatMap(({ engine, seed, round, action, sentences, items: all }) =>
      all
        .filter(({ right, unannounced }) => !right || unannounced)
        .map((item) => {
          const { services } = commandScenarioOf(seed)
          const plan = services.find(({ name }) => name === action.service) ?? null
          return { engine, seed, round, action, ...item, plan, sentences }
        }),
    ),
  }
}

export const commandsReached = (report: CommandReport): boolean =>
  isHeld(report.judged, report)

/** For people: the figures, the tables, and everything that was not as it was said. */
export function commandText(report: CommandReport): string {
  const { judged, right, unannounced, wrong, broken, skipped, quiet } = report
  return [
    `${courseWords(report)}, ${report.actions} commands, ${report.tasks} new tasks (${skipped.length} commands skipped, ${broken.length} clusters not played to the end)`,
    `${percent(right, judged)} of ${judged} tasks, counts and claims were as was said (target 99.5 %)`,
    `${unannounced} started without their data, or waited, unannounced (target 0)`,
    `${quiet} commands that made new tasks warned of nothing; ${warningWords(report)}`,
    '',
    ...table('command', report.kinds),
    '',
    ...table('found', report.found),
    '',
    ...table('warned of', report.warned),
    '',
    ...Object.entries(report.byEngine).map(
      ([engine, each]) =>
        `engine ${engine}: ${each.actions} commands, ${percent(each.right, each.judged)} of ${each.judged}`,
    ),
    ...wrong.flatMap((each) => ['', ...wrongWords(each)]),
    ...skipped.map((each) => `skipped: ${place(each)} ${each.why}`),
    ...brokenWords(report),
  ].join('\n')
}

/** A preview must not hide behind warnings: how many came true, and how many told nothing. */
function warningWords({ warned }: CommandReport): string {
  const of = (rows: readonly Record<string, number>[], column?: string) =>
    rows
      .flatMap((row) => Object.entries(row))
      .reduce((sum, [name, count]) => sum + (column && name !== column ? 0 : count), 0)
  const all = of(Object.values(warned))
  const unknown = of(warned.unknown ? [warned.unknown] : [])
  const come = of(Object.values(warned), 'came true')
  return `${percent(come, all)} of ${all} warnings came true, ${percent(unknown, all)} could not tell`
}

const wrongWords = (wrong: Wrong): string[] => [
  wrongPlace(wrong),
  `  ${wrong.about} ${wrong.slot}${wrong.found ? ` ${wrong.found}` : ''}: ${wrong.words}`,
  ...wrong.sentences.map((sentence) => `  said: ${sentence}`),
  `  plan: ${JSON.stringify(wrong.plan)}`,
]
