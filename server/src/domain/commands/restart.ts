import { consequence } from './consequence.ts'
import { afterUpdate, consequenceSentence, paceText } from './phrases.ts'
import { type Plan, update } from './plan.ts'
import { shellLine } from './shell.ts'
import type { Situation } from './situation.ts'
import { paceOf, withTemplate } from './spec-document.ts'
import { placementChecks, updateChecks } from './update-checks.ts'

/**
 * Replaces every task by one of the same spec: a counter in the task template makes it
 * another one to the swarm.
 * @see docker/cli cli/command/service/update.go, --force
 */
export function restartPlan(on: Situation): Plan {
  const { name, document } = on
  const after = withTemplate(document, (template) => ({
    ...template,
    ForceUpdate: (template.ForceUpdate ?? 0) + 1,
  }))
  const what = consequence(on, after)
  const pace = paceText(paceOf(after.UpdateConfig))
  return update(after, {
    title: `Restart ${name}`,
    command: shellLine('docker', 'service', 'update', '--force', name),
    sentence: on.kind.endsWith('job')
      ? `The job runs again. ${consequenceSentence(what)}`
      : `Every task is replaced by one of the same spec, ${pace}. ${consequenceSentence(what)}`,
    consequence: what,
    checks: [
      ...updateChecks(on, after, what),
      ...placementChecks(on, after, what, 'not-placeable'),
    ],
    afterwards: afterUpdate(on),
  })
}
