import type { Asked } from '@skep/shared/contract/commands'
import type { Check, FieldChange, Preview } from '@skep/shared/contract/preview'
import { instant } from '../instant.ts'
import { basisOfChecks, inOrder } from './check.ts'
import { dataChecks, endangersData } from './data-checks.ts'
import { digestOfText } from './digest-of-text.ts'
import type { Facts } from './facts.ts'
import { imagePlan } from './image.ts'
import { pausedNodeChecks } from './paused-nodes.ts'
import { counts } from './phrases.ts'
import type { Plan, Write } from './plan.ts'
import { removePlan } from './remove.ts'
import { restartPlan } from './restart.ts'
import { restorePlan } from './restore.ts'
import { resumePlan } from './resume.ts'
import { rollbackPlan } from './rollback.ts'
import { fingerprint } from './same-spec.ts'
import { scalePlan } from './scale.ts'
import { settingsPlan } from './settings.ts'
import { type Situation, situation } from './situation.ts'
import { specChanges } from './spec-diff.ts'
import { replicasOf } from './spec-document.ts'
import { standing } from './standing.ts'
import { swapPlan } from './swap.ts'

export type { Write } from './plan.ts'

/**
 * What a command would do, judged on these facts: for showing it before the press, and for
 * guarding it after. `write` is what to send, or null while a check blocks it.
 *
 * The basis names all that the answer depends on, but for what drifts without harm: counts
 * of tasks, and the raft index. Its text is derived from environment values too, so it must
 * be sealed under a key before it leaves the server.
 */
export function preview(
  asked: Asked,
  facts: Facts,
): { preview: Preview; write: Write | null } {
  const on = situation(facts)
  const plan = planOf(asked, on)
  const checks = inOrder([
    ...standing(on),
    ...dataChecks(on, plan),
    ...pausedNodeChecks(on, plan),
    ...plan.checks,
  ])
  const { restarts, starts, stops } = plan.consequence
  const count = counts(plan.consequence)
  const blocked = checks.some(({ level }) => level === 'block')
  return {
    preview: {
      kind: asked.kind,
      service: on.name,
      asOf: instant(on.now),
      basis: basis(asked, on, plan, checks),
      title: plan.title,
      sentence: plan.sentence,
      button: count === '' ? plan.title : `${plan.title} (${count})`,
      restarts,
      starts,
      stops,
      changes: changes(on, plan),
      from: plan.from ?? null,
      to: plan.to ?? null,
      afterwards: plan.afterwards,
      checks,
      command: plan.command,
      typed: endsIt(on, plan) || endangersData(checks) ? on.name : null,
    },
    write: blocked ? null : plan.write,
  }
}

function planOf(asked: Asked, on: Situation): Plan {
  switch (asked.kind) {
    case 'rollback':
      return rollbackPlan(on)
    case 'resume':
      return resumePlan(on)
    case 'scale':
      return scalePlan(on, asked)
    case 'restart':
      return restartPlan(on)
    case 'image':
      return imagePlan(on, asked)
    case 'settings':
      return settingsPlan(on, asked)
    case 'restore':
      return restorePlan(on, asked)
    case 'swap':
      return swapPlan(on, asked)
    case 'remove':
      return removePlan(on)
  }
}

/** The patch. Placement alone replaces only tasks that are on the wrong node then. */
function changes(on: Situation, { after, consequence }: Plan): FieldChange[] {
  if (after === null) return []
  return specChanges(on.document, after, on.networkName).map((change) =>
    change.path.startsWith('TaskTemplate.Placement') && consequence.restarts === 0
      ? { ...change, restarts: false }
      : change,
  )
}

/** Whether the service is down for good afterwards, or gone. */
const endsIt = (on: Situation, { after, write }: Plan): boolean =>
  write?.kind === 'remove' ||
  (after !== null && on.replicas !== 0 && replicasOf(after) === 0)

function basis(
  asked: Asked,
  on: Situation,
  { after }: Plan,
  checks: readonly Check[],
): string {
  return digestOfText(
    JSON.stringify([
      asked,
      on.service.id,
      fingerprint(on.document),
      on.previous && fingerprint(on.previous),
      after && fingerprint(after),
      on.service.update?.state ?? null,
      // A sentence may count what drifts; what it says is named by id and subjects.
      basisOfChecks(checks),
    ]),
  )
}
