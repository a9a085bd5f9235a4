import { commitOf } from './commit.ts'
import { type Judgement, judgeConsumers } from './consumers-judge.ts'
import { planOf, type Size } from './consumers-plan.ts'
import { countsOf } from './consumers-score.ts'
import { keep } from './course.ts'
import { setUp, type TruthEngine, takeDown } from './setting.ts'

type Asked = { engines: readonly TruthEngine[]; seed: number }

/** Of the figure that is to be reached. */
const size: Size = { secrets: 100, configs: 40, services: 60 }

/**
 * Holds who uses which secret and config, as the console says it, against the engine's own
 * lists, on a swarm of each engine. Printed, and written to e2e/truth/consumers.json.
 * @returns the exit code: 1 if anything is missed or invented
 */
export async function judgeAllConsumers({ engines, seed }: Asked): Promise<number> {
  const found: Awaited<ReturnType<typeof judgedOn>>[] = []
  // One after the other: a hundred containers each are enough for two cores.
  for (const engine of engines) found.push(await judgedOn(engine, seed))
  const report = {
    date: new Date().toISOString(),
    commit: commitOf(),
    seed,
    ...size,
    engines: found,
  }
  keep('consumers.json', report)
  const sum = (of: 'expected' | 'found') =>
    found.reduce((total, { triples }) => total + triples[of], 0)
  console.log(`\n${sum('found')} of ${sum('expected')} uses found`)
  return found.every(({ differences }) => differences.length === 0) ? 0 : 1
}

async function judgedOn(engine: TruthEngine, seed: number) {
  const started = Date.now()
  const setting = await setUp(engine)
  try {
    const plan = planOf(seed, size)
    const judged = await judgeConsumers(setting, { plan, seed, lose: 'w4', samples: 10 })
    const found = {
      engine,
      version: setting.version,
      seconds: Math.round((Date.now() - started) / 1000),
      ...figuresOf(judged),
    }
    for (const one of judged.differences) console.log(`engine ${engine}: ${one}`)
    console.log(`engine ${engine}: ${JSON.stringify(found)}`)
    return found
  } finally {
    await takeDown(setting)
  }
}

function figuresOf({ scores, ...judged }: Judgement) {
  const { triples, mounts, held } = scores
  const right = ({ expected, missed, invented }: typeof mounts | typeof held) => ({
    expected: expected.length,
    found: expected.length - missed.length,
    invented: invented.length,
  })
  return {
    triples: countsOf(triples),
    roles: {
      current: countsOf(triples, 'current'),
      'older-task': countsOf(triples, 'older-task'),
      'rollback-target': countsOf(triples, 'rollback-target'),
    },
    mounts: right(mounts),
    held: right(held),
    ...judged,
  }
}
