import { commitOf } from './commit.ts'
import { keep } from './course.ts'
import { setUp, type TruthEngine, takeDown } from './setting.ts'
import { judgeUnschedulable } from './unschedulable.ts'

type Asked = { engines: readonly TruthEngine[]; cases: number; seed: number }
type Found = { engine: string; version: string; cases: number; agreed: number }

/**
 * Holds what the console says of tasks that no node takes against the engine's own text, on
 * a swarm of each engine. Printed, and written to e2e/truth/placements.json.
 * @returns the exit code: 1 if any case differs
 */
export async function judgePlacements({ engines, cases, seed }: Asked): Promise<number> {
  const found = await Promise.all(engines.map((engine) => judgedOn(engine, cases, seed)))
  const report = {
    date: new Date().toISOString(),
    commit: commitOf(),
    seed,
    engines: found,
  }
  keep('placements.json', report)
  const sum = (of: keyof Pick<Found, 'cases' | 'agreed'>) =>
    found.reduce((total, one) => total + one[of], 0)
  console.log(`\n${sum('agreed')} of ${sum('cases')} cases agree, to the letter`)
  return sum('agreed') === sum('cases') ? 0 : 1
}

async function judgedOn(engine: TruthEngine, cases: number, seed: number): Promise<Found> {
  const setting = await setUp(engine)
  try {
    const { lab, skep, version } = setting
    const judged = await judgeUnschedulable({ lab, skep, seed, cases })
    for (const one of judged.differences) console.log(`engine ${engine}: ${one}`)
    console.log(`engine ${engine}: ${judged.agreed} of ${judged.cases} agree`)
    return { engine, version, cases: judged.cases, agreed: judged.agreed }
  } finally {
    await takeDown(setting)
  }
}
