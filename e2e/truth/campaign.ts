import { tmpdir } from 'node:os'
import { clear } from './deploy.ts'
import { type Setting, setUp, type TruthEngine, takeDown } from './setting.ts'

/** What was seen on one engine. */
export type Campaign<Case> = {
  engine: TruthEngine
  version: string
  cases: Case[]
  /** Scenarios that could not be played to their end, and why. */
  broken: { seed: number; why: string }[]
}

/** How scenarios are played, and what is told of what comes of it. */
export type Game<Case> = {
  /** Plays the scenario of a seed on a swarm that has nothing else on it. */
  play: (setting: Setting, seed: number, tell: (result: Case) => void) => Promise<void>
  /** A line for whatever was not as it was said, or not tried. */
  wrongOf: (result: Case) => readonly string[]
}

/** Plays scenarios one after the other on a swarm of their own. */
export async function campaign<Case>(
  { play, wrongOf }: Game<Case>,
  engine: TruthEngine,
  seeds: readonly number[],
  tell: (line: string) => void,
): Promise<Campaign<Case>> {
  let setting = await setUp(engine)
  const { version } = setting
  const cases: Case[] = []
  const broken: Campaign<Case>['broken'] = []
  try {
    for (const [index, seed] of seeds.entries()) {
      const started = Date.now()
      try {
        await play(setting, seed, (each) => {
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
      const wrong = cases.flatMap((each) => wrongOf(each))
      const seconds = Math.round((Date.now() - started) / 1000)
      tell(
        `engine ${engine}: ${index + 1} of ${seeds.length}, seed ${seed}, ${played} + ${seconds - played} s; ` +
          `${cases.length} actions, ${wrong.length} wrong or skipped, ${broken.length} broken`,
      )
    }
  } finally {
    await takeDown(setting)
  }
  return { engine, version, cases, broken }
}

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
