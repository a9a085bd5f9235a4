import type { Check } from '@skep/shared/contract/preview'
import { block, info, itself, warn } from './check.ts'
import { type Consequence, consequence } from './consequence.ts'
import { consequenceSentence, paceText, specText } from './phrases.ts'
import { type Plan, refused } from './plan.ts'
import { effectOnTasks, isSame } from './same-spec.ts'
import { shellLine } from './shell.ts'
import type { Situation } from './situation.ts'
import { isJobDocument, paceOf, type SpecDocument } from './spec-document.ts'
import { sideOf, targetChecks } from './target.ts'
import { jobChecks, noChange, paceChecks } from './update-checks.ts'

/**
 * Back to the previous spec. The engine swaps the two; what is sent along is not looked at.
 * @see moby/swarmkit manager/controlapi/service.go, UpdateService
 */
export function rollbackPlan(on: Situation): Plan {
  const { name, document, previous, history } = on
  const said = {
    title: `Roll back ${name}`,
    command: shellLine('docker', 'service', 'rollback', name),
  }
  if (previous === null) {
    const sentence = `${name} has nothing to roll back to.`
    return refused({ ...said, sentence, checks: [nothingBefore(on)] })
  }
  const what = consequence(on, previous)
  return {
    ...said,
    sentence: `${name} goes back to ${specText(previous)}. ${consequenceSentence(what)}`,
    after: previous,
    write: { kind: 'update', document, rollback: true },
    consequence: what,
    checks: rollbackChecks(on, previous, what),
    from: sideOf(document, history.currentSince, 'what is asked for now'),
    to: sideOf(previous, history.previousSince, 'the rollback target'),
    afterwards: `The two change places: rolling back again brings ${specText(document)} back.`,
  }
}

function nothingBefore(on: Situation): Check {
  const { name, service } = on
  const usedUp = service.update?.state.startsWith('rollback') ?? false
  const sentence = usedUp
    ? `An automatic rollback used up the previous spec of ${name}: the swarm forgot it. An earlier version can be restored from the history.`
    : `${name} was never updated: the swarm remembers no previous spec.`
  return block('previous-spec-missing', sentence, itself(on))
}

function rollbackChecks(on: Situation, target: SpecDocument, what: Consequence): Check[] {
  const pace = paceOf(target.RollbackConfig)
  return [
    ...noChange(on, target),
    ...jobChecks(on),
    ...targetChecks(on, target, what),
    ...beforeThis(on, target),
    ...paceChecks(on, target, pace, what, 'rollback-parallelism-zero'),
    ...paceNote(target),
  ]
}

function paceNote(target: SpecDocument): Check[] {
  if (isJobDocument(target)) return []
  const pace = paceOf(target.RollbackConfig)
  const end = pace.FailureAction === 'continue' ? 'does not stop it' : 'pauses it'
  const sentence = `The pace comes from the rollback settings of the target: ${paceText(pace)}; a failure ${end}.`
  return [info('pace-of-rollback', sentence)]
}

/** What the last change was, and so what going back from it means. */
function beforeThis(on: Situation, target: SpecDocument): Check[] {
  const { name, service, document } = on
  const checks: Check[] = []
  if (effectOnTasks(document, target) === 'keeps' && !isSame(document, target)) {
    const sentence = `The last change of ${name} was only to its scale, labels or settings. This undoes that and nothing else.`
    checks.push(warn('only-scale-or-labels', sentence, itself(on)))
  }
  switch (service.update?.state) {
    case 'rollback_started': {
      const sentence = `${name} is rolling back already. This turns it round, to the spec that it is leaving.`
      checks.push(warn('rollback-in-progress', sentence, itself(on)))
      break
    }
    // An automatic rollback leaves no previous spec, so this one was by hand.
    case 'rollback_completed':
    case 'rollback_paused': {
      const sentence = `The last change of ${name} was a rollback by hand. This brings back the newer spec that it left.`
      checks.push(warn('last-rollback-manual', sentence, itself(on)))
      break
    }
    case 'updating':
    case 'paused':
    case 'completed':
    case undefined:
  }
  return checks
}
