import type { SettingsArguments } from '@skep/shared/contract/commands'
import type { Check } from '@skep/shared/contract/preview'
import { block, info, itself, warn } from './check.ts'
import { consequence } from './consequence.ts'
import { afterUpdate, consequenceSentence, paceText } from './phrases.ts'
import { type Plan, refused, update } from './plan.ts'
import { shellLine } from './shell.ts'
import { isPaused, type Situation } from './situation.ts'
import {
  isJobDocument,
  type PaceDocument,
  paceOf,
  type SpecDocument,
} from './spec-document.ts'
import { cliDuration } from './units.ts'
import { updateChecks } from './update-checks.ts'

/** How updates and rollbacks go from now on. No task restarts for it, unless one is paused. */
export function settingsPlan(on: Situation, asked: SettingsArguments): Plan {
  const { name, document } = on
  const said = { title: `Change how ${name} updates`, command: commandLine(name, asked) }
  if (isJobDocument(document)) {
    const sentence = `${name} is a job: jobs have no update settings.`
    return refused({
      ...said,
      sentence,
      checks: [block('job-has-no-settings', sentence, itself(on))],
    })
  }
  const after = withSettings(document, asked)
  const what = consequence(on, after)
  const pace = paceOf(after.UpdateConfig)
  return update(after, {
    ...said,
    sentence: `Updates go ${paceText(pace)}. ${consequenceSentence(what)}`,
    consequence: what,
    checks: [
      ...updateChecks(on, after, what),
      ...allAtOnce(on, asked, what.restarts),
      ...(isPaused(on)
        ? []
        : [info('next-update', 'This takes effect with the next update or rollback.')]),
    ],
    afterwards: afterUpdate(on),
  })
}

/** Where tasks are replaced at once, the check of the pace says so already. */
function allAtOnce(on: Situation, asked: SettingsArguments, restarts: number): Check[] {
  const zero = [
    asked.parallelism === 0 && restarts < 2 && 'parallelism-zero',
    asked.rollbackParallelism === 0 && 'rollback-parallelism-zero',
  ]
  return zero.flatMap((id) =>
    id
      ? warn(
          id,
          'Parallelism 0 means without limit: all tasks are replaced at once.',
          itself(on),
        )
      : [],
  )
}

function withSettings(document: SpecDocument, asked: SettingsArguments): SpecDocument {
  const UpdateConfig = changed(document.UpdateConfig, {
    parallelism: asked.parallelism,
    delay: asked.delay,
    monitor: asked.monitor,
    order: asked.order,
    ratio: asked.maxFailureRatio,
    action: asked.failureAction,
  })
  const RollbackConfig = changed(document.RollbackConfig, {
    parallelism: asked.rollbackParallelism,
    delay: asked.rollbackDelay,
    monitor: asked.rollbackMonitor,
    order: asked.rollbackOrder,
    ratio: asked.rollbackMaxFailureRatio,
    action: asked.rollbackFailureAction,
  })
  return {
    ...document,
    ...(UpdateConfig && { UpdateConfig }),
    ...(RollbackConfig && { RollbackConfig }),
  }
}

type Change = {
  parallelism: number | undefined
  delay: number | undefined
  monitor: number | undefined
  order: PaceDocument['Order'] | undefined
  ratio: number | undefined
  action: PaceDocument['FailureAction'] | undefined
}

/**
 * The settings with a change; undefined where there are none and none is asked. An object
 * that begins to exist must name its parallelism: left out it is 0.
 */
function changed(raw: PaceDocument | undefined, change: Change): PaceDocument | undefined {
  const { parallelism, delay, monitor, order, ratio, action } = change
  if (Object.values(change).every((value) => value === undefined)) return raw
  const { Parallelism } = paceOf(raw)
  return {
    ...raw,
    Parallelism: parallelism ?? Parallelism,
    ...(delay !== undefined && { Delay: delay * 1e6 }),
    ...(monitor !== undefined && { Monitor: monitor * 1e6 }),
    ...(order !== undefined && { Order: order }),
    ...(ratio !== undefined && { MaxFailureRatio: ratio }),
    ...(action !== undefined && { FailureAction: action }),
  }
}

function commandLine(name: string, asked: SettingsArguments): string {
  const time = (value: number | undefined) =>
    value === undefined ? undefined : cliDuration(value)
  const flags: readonly (readonly [string, string | number | undefined])[] = [
    ['--update-parallelism', asked.parallelism],
    ['--update-delay', time(asked.delay)],
    ['--update-monitor', time(asked.monitor)],
    ['--update-order', asked.order],
    ['--update-max-failure-ratio', asked.maxFailureRatio],
    ['--update-failure-action', asked.failureAction],
    ['--rollback-parallelism', asked.rollbackParallelism],
    ['--rollback-delay', time(asked.rollbackDelay)],
    ['--rollback-monitor', time(asked.rollbackMonitor)],
    ['--rollback-order', asked.rollbackOrder],
    ['--rollback-max-failure-ratio', asked.rollbackMaxFailureRatio],
    ['--rollback-failure-action', asked.rollbackFailureAction],
  ]
  const given = flags.flatMap(([flag, value]) =>
    value === undefined ? [] : [flag, String(value)],
  )
  return shellLine('docker', 'service', 'update', ...given, name)
}
