import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Campaign, campaign, type Game } from './campaign.ts'
import { commitOf } from './commit.ts'
import type { TruthEngine } from './setting.ts'

/** What the reports of campaigns have in common: which were played, and how that is told. */
export type Course = {
  date: string
  commit: string | null
  seed: number
  /** By the name that the lab gives them. */
  engines: Record<string, string>
  scenarios: number
  broken: { engine: string; seed: number; why: string }[]
}

export type Place = { engine: string; seed: number; round: number }

const target = { share: 0.995, unannounced: 0 }

type Asked = { engines: readonly TruthEngine[]; scenarios: number; seed: number }

/** Plays so many scenarios on a swarm of each engine, and tells how it goes. */
export async function playAll<Case>(
  game: Game<Case>,
  { engines, scenarios, seed }: Asked,
): Promise<Campaign<Case>[]> {
  console.log(`Seed ${seed}: ${scenarios} clusters on each of ${engines.join(', ')} …`)
  const seeds = Array.from({ length: scenarios }, (_, index) => seed + index)
  // A swarm for each engine at the same time: most of it is waiting.
  const done = await Promise.all(
    engines.map((engine) => campaign(game, engine, seeds, (line) => console.log(line))),
  )
  return done.sort((a, b) => a.engine.localeCompare(b.engine))
}

export const casesOf = <Case>(campaigns: readonly Campaign<Case>[]) =>
  campaigns.flatMap(({ engine, cases }) => cases.map((each) => ({ ...each, engine })))

export const courseOf = (
  campaigns: readonly Campaign<{ seed: number }>[],
  seed: number,
): Course => ({
  date: new Date().toISOString(),
  commit: commitOf(),
  seed,
  engines: Object.fromEntries(campaigns.map(({ engine, version }) => [engine, version])),
  scenarios: new Set(casesOf(campaigns).map((each) => `${each.engine} ${each.seed}`)).size,
  broken: campaigns.flatMap(({ engine, broken }) =>
    broken.map((each) => ({ engine, ...each })),
  ),
})

/** Whether enough was as it was said, nothing grave was not, and all was played. */
export const isHeld = (
  judged: number,
  { right, unannounced, broken }: Course & { right: number; unannounced: number },
): boolean =>
  judged > 0 &&
  right / judged >= target.share &&
  unannounced <= target.unannounced &&
  broken.length === 0

export const courseWords = ({ seed, engines, scenarios }: Course): string =>
  `Seed ${seed}, engines ${Object.values(engines).join(', ')}: ${scenarios} clusters`

export const place = ({ engine, seed, round }: Place): string =>
  `engine ${engine}, seed ${seed}, action ${round}:`

/** The first line of what was wrong. */
export const wrongPlace = (
  wrong: Place & { unannounced: boolean; action: object },
): string =>
  `${wrong.unannounced ? 'UNANNOUNCED' : 'wrong'}: ${place(wrong)} ${JSON.stringify(wrong.action)}`

export const brokenWords = ({ broken }: Course): string[] =>
  broken.map((each) => `broken: engine ${each.engine}, seed ${each.seed}: ${each.why}`)

/** Into a file beside this one, which is kept with the code. */
export function keep(file: string, report: object): void {
  const text = JSON.stringify(report, null, 2)
  writeFileSync(join(import.meta.dirname, file), `${text}\n`)
}
