import type { RestoreArguments } from '@skep/shared/contract/commands'
import { block, itself } from './check.ts'
import { consequence } from './consequence.ts'
import { afterUpdate, consequenceSentence, specText } from './phrases.ts'
import { type Plan, refused, update } from './plan.ts'
import { shellLine } from './shell.ts'
import type { Situation } from './situation.ts'
import { imageOf, modeOf, replicasOf, type SpecDocument } from './spec-document.ts'
import { sideOf, targetChecks } from './target.ts'
import { updateChecks } from './update-checks.ts'

/** An older version from the history, as an ordinary update. */
export function restorePlan(on: Situation, { version }: RestoreArguments): Plan {
  const { name, document, restored, history } = on
  const title = `Restore version ${version} of ${name}`
  if (restored === null || restored.version !== version) {
    const sentence = `Version ${version} of ${name} is not in the history, or not whole.`
    const command = `# version ${version} of ${name} is not known`
    return refused({
      title,
      command,
      sentence,
      checks: [block('version-unknown', sentence)],
    })
  }
  const command = closest(on, restored.document, version)
  if (modeOf(restored.document) !== on.kind) {
    const sentence = `Version ${version} is ${modeOf(restored.document)}, ${name} is ${on.kind}: the swarm does not change a mode.`
    return refused({
      title,
      command,
      sentence,
      checks: [block('mode-differs', sentence, itself(on))],
    })
  }
  const after = asToday(document, restored.document)
  const what = consequence(on, after)
  return update(after, {
    title,
    command,
    sentence: `${name} goes back to version ${version}: ${specText(after)}. ${consequenceSentence(what)}`,
    consequence: what,
    checks: [...targetChecks(on, after, what), ...updateChecks(on, after, what)],
    from: sideOf(document, history.currentSince, 'what is asked for now'),
    to: sideOf(after, restored.seenAt, `version ${version}`),
    afterwards: afterUpdate(on),
  })
}

/**
 * The older spec under the name of today, with today's count of forced restarts: that tasks
 * were once restarted is no reason to do it again.
 */
function asToday(today: SpecDocument, then: SpecDocument): SpecDocument {
  const { ForceUpdate } = today.TaskTemplate
  const { ForceUpdate: _old, ...template } = then.TaskTemplate
  return {
    ...then,
    Name: today.Name,
    TaskTemplate: { ...template, ...(ForceUpdate !== undefined && { ForceUpdate }) },
  }
}

/** No one line restores a spec: the nearest that does not show what must stay hidden. */
function closest(on: Situation, then: SpecDocument, version: number): string {
  const replicas = replicasOf(then)
  const flags = [
    ...(imageOf(then) === imageOf(on.document) ? [] : ['--image', imageOf(then)]),
    ...(replicas === on.replicas || replicas === null ? [] : ['--replicas', `${replicas}`]),
  ]
  const line = shellLine('docker', 'service', 'update', ...flags, on.name)
  return `${line} # and every other field of version ${version}, for which there is no one line`
}
