import type { NodeAsked } from '@skep/shared/contract/node-commands'
import type { AffectedTask, NodePreview } from '@skep/shared/contract/node-preview'
import type { Check } from '@skep/shared/contract/preview'
import { basisOfChecks, inOrder } from '../commands/check.ts'
import { digestOfText } from '../commands/digest-of-text.ts'
import { standing } from '../commands/standing.ts'
import { instant } from '../instant.ts'
import { activatePlan, pausePlan } from './availability.ts'
import { capacity } from './capacity.ts'
import { drainPlan } from './drain.ts'
import { type Facts, type Situation, situation } from './facts.ts'
import { labelsPlan } from './labels.ts'
import type { NodePlan, NodeWrite } from './plan.ts'
import { removeNodePlan } from './remove.ts'
import { isGrave } from './risks.ts'
import { demotePlan, promotePlan } from './role.ts'

/**
 * What a node command would do, judged on these facts: for showing it before the press, and
 * for guarding it after. `write` is what to send, or null while a check blocks it.
 */
export function nodePreview(
  asked: NodeAsked,
  facts: Facts,
): { preview: NodePreview; write: NodeWrite | null } {
  const on = situation(facts)
  const plan = planOf(asked, on)
  const checks = inOrder([...standing(on), ...plan.checks])
  const blocked = checks.some(({ level }) => level === 'block')
  return {
    preview: {
      kind: asked.kind,
      node: on.name,
      asOf: instant(on.now),
      basis: basis(asked, on, plan, checks),
      title: plan.title,
      sentence: plan.sentence,
      button: plan.counts === '' ? plan.title : `${plan.title} (${plan.counts})`,
      tasks: plan.tasks,
      services: plan.services,
      gains: plan.gains,
      losesOnlyNode: plan.losesOnlyNode,
      capacity: plan.tasks.length > 0 ? capacity(on, plan.tasks) : [],
      quorum: plan.quorum,
      afterwards: plan.afterwards,
      checks,
      command: plan.command,
      typed: asked.kind === 'remove' || isGrave(plan) ? on.name : null,
    },
    write: blocked ? null : plan.write,
  }
}

function planOf(asked: NodeAsked, on: Situation): NodePlan {
  switch (asked.kind) {
    case 'drain':
      return drainPlan(on)
    case 'pause':
      return pausePlan(on)
    case 'activate':
      return activatePlan(on)
    case 'promote':
      return promotePlan(on)
    case 'demote':
      return demotePlan(on)
    case 'labels':
      return labelsPlan(on, asked)
    case 'remove':
      return removeNodePlan(on, asked)
  }
}

/**
 * Who is down at this moment: one in a crash loop is, every few seconds. That its tasks
 * leave is named by slot, and a warning that comes has to be ticked all the same.
 */
const drifting: ReadonlySet<string> = new Set(['goes-down', 'interrupted'])

/** Named is all that was shown, but for what drifts without harm: states and sentences. */
function basis(
  asked: NodeAsked,
  { node }: Situation,
  { tasks, gains }: NodePlan,
  checks: readonly Check[],
): string {
  return digestOfText(
    JSON.stringify([
      asked,
      node.id,
      [node.availability, node.role, node.state, node.labels],
      // By slot: in a crash loop the task is another every few seconds, and its fate the same.
      // Whether it happens to run just now decides only how surely it returns.
      tasks.map(({ service, slot, outcome, data, returns }) => [
        service,
        slot,
        outcome,
        data,
        returns === false,
      ]),
      takers(tasks),
      gains.map(({ service, tasks }) => [service, tasks]),
      basisOfChecks(checks.filter(({ id }) => !drifting.has(id))),
    ]),
  )
}

/** Which services can go where: each list of nodes once, whoever shares it. */
function takers(tasks: readonly AffectedTask[]): [string, string[]][] {
  const placed = tasks.filter(({ candidates }) => candidates.length > 0)
  const byList = Map.groupBy(placed, ({ candidates }) => candidates)
  const byNodes = Map.groupBy(byList, ([candidates]) => candidates.join(' '))
  return [...byNodes].map(([nodes, lists]) => {
    const services = lists.flatMap(([, all]) => all.map(({ service }) => service))
    return [nodes, [...new Set(services)].sort()]
  })
}
