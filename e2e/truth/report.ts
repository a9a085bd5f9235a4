import type { Campaign } from './campaign.ts'
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
import { scenarioOf } from './generate.ts'
import type { Judged } from './judge.ts'
import type { Case } from './play.ts'
import type { ServicePlan } from './scenario.ts'
import { type Counts, counts, percent, table } from './tables.ts'

/** A judgement that was wrong, with all that is needed to see it again. */
type Wrong = Judged & Place & { action: Case['action']; plan: ServicePlan | null }

export type Report = Course & {
  drains: number
  labelChanges: number
  skipped: number
  tasks: number
  right: number
  unannounced: number
  /**
   * Of all tasks judged, how many were told that they may wait, how many ran although their
   * path was not known to be there, how many waited for other attempts at a spec that fails,
   * and of how many the data could not be told.
   */
  mayWait: number
  pathUnknown: number
  waitedToFail: number
  dataUnknown: number
  untouched: number
  /** Predicted, then observed. */
  outcomes: Counts
  data: Counts
  returns: Counts
  gains: { right: number; data: Counts; wrong: GainCase[] }
  dips: { wrong: DipCase[] }
  byEngine: Record<string, { tasks: number; right: number; actions: number }>
  wrong: Wrong[]
}

type GainCase = Case['gains'][number] & Place
type DipCase = Case['dips'][number] & Place

export function reportOf(campaigns: readonly Campaign<Case>[], seed: number): Report {
  const cases = casesOf(campaigns)
  const tried = cases.filter(({ skipped }) => skipped === null)
  const judged = tried.flatMap((each) => each.judged)
  const withPlace = <T>(all: (of: Case) => readonly T[]) =>
    tried.flatMap((each) => {
      const { engine, seed, round } = each
      return all(each).map((one) => ({ engine, seed, round, ...one }))
    })
  const gains = withPlace((each) => each.gains)
  return {
    ...courseOf(campaigns, seed),
    drains: tried.filter(({ action }) => action.kind === 'drain').length,
    labelChanges: tried.filter(({ action }) => action.kind === 'labels').length,
    skipped: cases.length - tried.length,
    tasks: judged.length,
    right: judged.filter(({ right }) => right).length,
    unannounced: judged.filter(({ unannounced }) => unannounced).length,
    mayWait: judged.filter(({ predicted }) => predicted === 'may-wait').length,
    pathUnknown: judged.filter(
      ({ predicted, observed }) => predicted === 'fails' && observed === 'moves',
    ).length,
    waitedToFail: judged.filter(
      ({ predicted, observed }) => predicted === 'fails' && observed === 'waits',
    ).length,
    dataUnknown: judged.filter(({ data }) => data?.predicted === 'unknown').length,
    untouched: tried.reduce((sum, { untouched }) => sum + untouched, 0),
    outcomes: counts(judged.map(({ predicted, observed }) => [predicted, observed])),
    data: counts(
      judged.flatMap(({ data }) => (data ? [[data.predicted, data.observed]] : [])),
    ),
    returns: counts(
      judged.flatMap(({ returns }) =>
        returns ? [[String(returns.predicted), String(returns.observed)]] : [],
      ),
    ),
    gains: {
      right: gains.filter(({ right }) => right).length,
      data: counts(
        gains.flatMap(({ data }) => (data ? [[data.predicted, data.observed]] : [])),
      ),
      wrong: gains.filter(({ right }) => !right),
    },
    dips: { wrong: withPlace((each) => each.dips) },
    byEngine: Object.fromEntries(
      campaigns.map(({ engine }) => {
        const mine = tried.filter((each) => each.engine === engine)
        const tasks = mine.flatMap((each) => each.judged)
        const right = tasks.filter((each) => each.right).length
        return [engine, { tasks: tasks.length, right, actions: mine.length }]
      }),
    ),
    wrong: tried.flatMap(({ engine, seed, round, action, judged }) =>
      judged
        .filter(({ right, unannounced }) => !right || unannounced)
        .map((each) => ({
          engine,
          seed,
          round,
          action,
          ...each,
          plan: planOf(seed, each),
        })),
    ),
  }
}

export const reached = (report: Report): boolean => isHeld(report.tasks, report)

const planOf = (seed: number, { service }: Judged): ServicePlan | null =>
  scenarioOf(seed).services.find(({ name }) => name === service) ?? null

/** For people: the figures, the tables, and every single task that was wrong. */
export function asText(report: Report): string {
  const { tasks, right, unannounced, mayWait, dataUnknown, gains, dips } = report
  const { pathUnknown, waitedToFail } = report
  const actions = report.drains + report.labelChanges
  return [
    `${courseWords(report)}, ` +
      `${actions} actions (${report.drains} drains, ${report.labelChanges} label changes; ` +
      `${report.skipped} skipped, ${report.broken.length} clusters not played to the end)`,
    `${percent(right, tasks)} of ${tasks} tasks ended as was said (target 99.5 %)`,
    `${unannounced} waited, vanished or started empty unannounced (target 0)`,
    `${percent(mayWait, tasks)} were told that they may wait, ${percent(pathUnknown, tasks)} found a path that was not known, ` +
      `${percent(waitedToFail, tasks)} waited for other attempts at a spec that fails; of ` +
      `${percent(dataUnknown, tasks)} the data could not be told; ` +
      `${report.untouched} others were untouched, as was said`,
    `gains: ${gains.right} right, ${gains.wrong.length} wrong; ` +
      `dips: ${dips.wrong.length} deeper than was said`,
    '',
    ...table('outcome', report.outcomes),
    '',
    ...table('data', report.data),
    '',
    ...table('data of gains', gains.data),
    '',
    ...table('returns', report.returns),
    '',
    ...Object.entries(report.byEngine).map(
      ([engine, { actions, ...each }]) =>
        `engine ${engine}: ${actions} actions, ${percent(each.right, each.tasks)} of ${each.tasks}`,
    ),
    ...report.wrong.flatMap((each) => ['', ...wrongWords(each)]),
    ...gains.wrong.map(
      (each) =>
        `gain: ${place(each)} ${each.service} was said to gain ${each.predicted} (${each.sure} for sure), gained ${each.observed}${dataWords(each)}`,
    ),
    ...dips.wrong.map(
      (each) =>
        `dip: ${place(each)} ${each.service} was said to ${each.settled ? 'settle' : 'dip'} at ${each.predicted}, seen ${each.observed}`,
    ),
    ...brokenWords(report),
  ].join('\n')
}

const dataWords = ({ data }: GainCase): string =>
  data ? `; of its data ${data.predicted} was said, ${data.observed} found` : ''

function wrongWords(wrong: Wrong): string[] {
  const { data, returns } = wrong
  return [
    wrongPlace(wrong),
    `  ${wrong.service} slot ${wrong.slot}: ${wrong.predicted}, but ${wrong.observed}` +
      (data ? `; data ${data.predicted}, found ${data.observed}` : '') +
      (returns ? `; returns ${returns.predicted}, did ${returns.observed}` : ''),
    `  said: ${wrong.said}`,
    `  seen: ${wrong.seen}`,
    `  plan: ${JSON.stringify(wrong.plan)}`,
  ]
}
