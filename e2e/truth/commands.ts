import { campaign, type Game } from './campaign.ts'
import { commandScenarioOf } from './commands-plan.ts'
import { type CommandCase, playCommands } from './commands-play.ts'
import {
  commandReportOf,
  commandsReached,
  commandText,
  writeCommands,
} from './commands-report.ts'
import type { TruthEngine } from './setting.ts'

type Asked = { engines: readonly TruthEngine[]; scenarios: number; seed: number }

/**
 * Holds what the console says that commands on services would do against what they do, on a
 * swarm of each engine. Before each command what every task keeps is marked; afterwards each
 * new task is looked into for the mark of the one before it. Printed, and written to
 * e2e/truth/commands.json.
 * @returns the exit code: 1 if too much was not as it was said
 */
export async function judgeAllCommands(asked: Asked): Promise<number> {
  const { engines, scenarios, seed } = asked
  console.log(`Seed ${seed}: ${scenarios} clusters on each of ${engines.join(', ')} …`)
  const seeds = Array.from({ length: scenarios }, (_, index) => seed + index)
  const tell = (line: string) => console.log(line)
  // A swarm for each engine at the same time: most of it is waiting.
  const done = await Promise.all(
    engines.map((engine) => campaign(commands, engine, seeds, tell)),
  )
  const report = commandReportOf(done, seed)
  writeCommands(report)
  console.log(`\n${commandText(report)}`)
  return commandsReached(report) ? 0 : 1
}

const commands: Game<CommandCase> = {
  play: (setting, seed, tell) => playCommands(setting, commandScenarioOf(seed), tell),
  wrongOf: ({ round, action, skipped, items }) => [
    ...(skipped === null ? [] : [`action ${round} skipped, ${skipped}`]),
    ...items
      .filter(({ right }) => !right)
      .map(
        ({ about, slot, found, words }) =>
          `action ${round}, ${action.kind} of ${action.service}, ${about} ${slot}: ${found ?? ''} ${words}`,
      ),
  ],
}
