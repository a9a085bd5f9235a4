import { tmpdir } from 'node:os'
import { clear } from './deploy.ts'
import { scenarioOf } from './generate.ts'
import { type Case, play } from './play.ts'
import { type Setting, setUp, type TruthEngine, takeDown } from './setting.ts'

/** What was seen on one engine. */
export type Campaign = {
  engine: TruthEngine
  version: string
  cases: Case[]
  /** Scenarios that could not be played to their end, and why. */
  broken: { seed: number; why: string }[]
}

/** Plays scenarios one after the other on a swarm of their own. */
export async function campaign(
  engine: TruthEngine,
  seeds: readonly number[],
  tell: (line: string) => void,
): Promise<Campaign> {
  let setting = await setUp(engine)
  const { version } = setting
  const cases: Case[] = []
  const broken: Campaign['broken'] = []
  try {
    for (const [index, seed] of seeds.entries()) {
      const started = Date.now()
      try {
        await play(setting, scenarioOf(seed), (each) => {
          cases.push(each)
          for (const line of wrongOf(each)) tell(`engine ${engine}, seed ${seed}: ${line}`)
        })
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        broken.push({ seed, why: why.replaceAll(tmpdir(), '') })
        tell(`engine ${engine}, seed ${seed}: ${why}`)
      }
      const played = Math.round((Date.now() - started) / 1000)
      setting = await cleared(engine, setting, tell)
      const wrong = cases.flatMap(({ judged }) => judged).filter(({ right }) => !right)
      const seconds = Math.round((Date.now() - started) / 1000)
      tell(
        `engine ${engine}: ${index + 1} of ${seeds.length}, seed ${seed}, ${played} + ${seconds - played} s; ` +
          `${cases.length} actions, ${wrong.length} tasks wrong, ${broken.length} broken`,
      )
    }
  } finally {
    await takeDown(setting)
  }
  return { engine, version, cases, broken }
}

const wrongOf = ({ round, skipped, judged }: Case): string[] => [
  ...(skipped === null ? [] : [`action ${round} skipped, ${skipped}`]),
  ...judged
    .filter(({ right }) => !right)
    .map(({ service, predicted, observed, data }) => {
      const found = data ? `, data ${data.predicted} but ${data.observed}` : ''
      return `action ${round}, ${service} ${predicted} but ${observed}${found}`
    }),
]

/** The same swarm with nothing on it; a new one where it cannot be cleared. */
async function cleared(
  engine: TruthEngine,
  setting: Setting,
  tell: (line: string) => void,
): Promise<Setting> {
  try {
    await clear(setting)
    return setting
  } catch (error) {
    tell(`engine ${engine}: not cleared, ${error}`)
    await takeDown(setting)
    return setUp(engine)
  }
}
