import type { Game } from './campaign.ts'
import { commandScenarioOf } from './commands-plan.ts'
import { type CommandCase, playCommands } from './commands-play.ts'
import { commandReportOf, commandsReached, commandText } from './commands-report.ts'
import { keep, playAll } from './course.ts'
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
  const report = commandReportOf(await playAll(commands, asked), asked.seed)
  keep('commands.json', report)
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
