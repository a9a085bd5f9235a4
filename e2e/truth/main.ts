/**
 * `npm run truth`: what the console says that a drain or a change of labels would do, held
 * against what a real swarm then does. Printed, and written to e2e/truth/latest.json.
 *
 *   --engine LIST    some of 20,26,28 (all)
 *   --scenarios N    clusters on each engine, four actions each (30)
 *   --seed N         of the first cluster, to see the same again
 *   --placements N   instead: what the console says of so many tasks that no node takes, on
 *                    each engine, held against the engine's own text (placements.ts)
 *   --consumers      instead: who uses each of 100 secrets and 40 configs in a cluster of 60
 *                    services, held against the engine's own lists (consumers.ts)
 *   --commands       instead: what the console says that commands on services would do, held
 *                    against what they do with tasks and data (commands.ts); so many clusters
 *                    as --scenarios says (4), ten commands and more on each
 *
 * A cluster is drawn from its seed (generate.ts) and deployed on one manager and four
 * workers. For each action the console's preview is asked for and committed, and the swarm
 * watched through its own API, past the console, until it rests (watch.ts). What became of
 * each task (fate.ts) and of its data (markers.ts) is held against the preview (judge.ts).
 *
 * Where the swarm puts a task is its own choice: the same seed gives the same cluster and
 * the same actions, not the same places. `may-wait` is right if the task moves or waits,
 * `fails` of a spec that runs nowhere if it fails or waits for the room of other attempts,
 * `other-data` if its place is empty or has an old copy, `unknown` always: how often these
 * were said stands in the report, for they must not be where a preview hides.
 *
 * Ends with 1 if fewer than 99.5 % of the tasks ended as was said, if any waited, vanished
 * or started empty unannounced, or if a cluster could not be played to its end.
 */
import { labUnavailable } from '../lab/lab.ts'
import type { Game } from './campaign.ts'
import { judgeAllCommands } from './commands.ts'
import { judgeAllConsumers } from './consumers.ts'
import { keep, playAll } from './course.ts'
import { scenarioOf } from './generate.ts'
import { type Options, readOptions } from './options.ts'
import { judgePlacements } from './placements.ts'
import { type Case, play, wrongOf } from './play.ts'
import { asText, reached, reportOf } from './report.ts'
import { removeLeftovers } from './setting.ts'

const drains: Game<Case> = {
  play: (setting, seed, tell) => play(setting, scenarioOf(seed), tell),
  wrongOf,
}

// Broken off, it ends what it has started: consoles end with it, swarms with the next run.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

try {
  process.exitCode = await truth(readOptions(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? `truth: ${error.message}` : error)
  process.exitCode = 2
}

async function truth(options: Options): Promise<number> {
  const { engines, seed, placements, consumers, commands } = options
  const reason = engines.map((engine) => labUnavailable(engine)).find((why) => why !== null)
  if (reason) throw new Error(`the lab cannot run here: ${reason}`)
  await removeLeftovers()
  if (placements !== null) return judgePlacements({ engines, cases: placements, seed })
  if (consumers) return judgeAllConsumers({ engines, seed })
  const scenarios = options.scenarios ?? (commands ? 4 : 30)
  if (commands) return judgeAllCommands({ engines, scenarios, seed })
  const report = reportOf(await playAll(drains, { engines, scenarios, seed }), seed)
  keep('latest.json', report)
  console.log(`\n${asText(report)}`)
  return reached(report) ? 0 : 1
}
