import type { Check } from '@skep/shared/contract/preview'
import { block, itself, warn } from './check.ts'
import { consequence } from './consequence.ts'
import { consequenceSentence, specText } from './phrases.ts'
import { type Plan, refused, update } from './plan.ts'
import { isSame } from './same-spec.ts'
import { shellLine } from './shell.ts'
import { isPaused, type Situation } from './situation.ts'
import { paceOf } from './spec-document.ts'
import { paceChecks, placementChecks } from './update-checks.ts'

/**
 * Goes on with a paused rollout: the same spec is written once more, as docker itself
 * advises. That clears the pause, and the updater takes up the tasks that are not on the
 * spec; it also makes this spec the one to roll back to.
 * @see docker/cli docs, `docker service update SERVICE`; moby/swarmkit
 * manager/orchestrator/update/updater.go
 */
export function resumePlan(on: Situation): Plan {
  const { name, document } = on
  const said = {
    title: `Resume ${name}`,
    command: shellLine('docker', 'service', 'update', name),
  }
  if (!isPaused(on)) {
    const sentence = `${name} is not paused: there is nothing to resume.`
    return refused({
      ...said,
      sentence,
      checks: [block('not-paused', sentence, itself(on))],
    })
  }
  const what = consequence(on, document)
  return update(document, {
    ...said,
    sentence: `The rollout of ${specText(document)} goes on. ${consequenceSentence(what)}`,
    consequence: what,
    checks: [
      ...badUpdate(on),
      ...lostTarget(on),
      ...placementChecks(on, document, what, 'not-placeable'),
      ...paceChecks(on, document, paceOf(document.UpdateConfig), what),
    ],
    afterwards: `Rolling back then returns to this same spec: ${specText(document)}.`,
  })
}

function badUpdate(on: Situation): Check[] {
  const sentence =
    on.motion === 'rollback paused'
      ? `The rollback paused on a failure. This goes on with its target, as an update with the update settings; failures count from 0.`
      : `The update paused on a failure. This goes on with the same spec; failures count from 0.`
  return [warn('resumes-bad-update', sentence, itself(on))]
}

function lostTarget(on: Situation): Check[] {
  const { previous, document } = on
  if (previous === null || isSame(previous, document)) return []
  const sentence = `The swarm forgets the spec before this one, ${specText(previous)}. From then on it can only be restored from the history here.`
  return [warn('overwrites-rollback-target', sentence, itself(on))]
}
