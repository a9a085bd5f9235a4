import type { Check } from '@skep/shared/contract/preview'
import { block, info, warn } from '../commands/check.ts'
import { shellLine } from '../commands/shell.ts'
import { counted } from '../words.ts'
import { arrivals } from './arrivals.ts'
import type { Situation } from './facts.ts'
import { genericRestart } from './generic-restart.ts'
import { impact } from './impact.ts'
import { losesOnlyNode } from './last-places.ts'
import { drained, evicted } from './leaving.ts'
import { type NodePlan, untouched } from './plan.ts'
import { rebalance } from './rebalance.ts'
import { lostPlaces, services, thisNode } from './risks.ts'
import { anewAmong, anewSentence, counts, outcomeCounts } from './words.ts'

const commandFor = (name: string, availability: string): string =>
  shellLine('docker', 'node', 'update', '--availability', availability, name)

const alreadySo = (
  on: Situation,
  sentence: string,
): Pick<NodePlan, 'sentence' | 'checks' | 'write'> => ({
  sentence,
  checks: [block('already-so', sentence, thisNode(on))],
  write: null,
})

/** Keeps new tasks away from a node; what runs there stays. */
export function pausePlan(on: Situation): NodePlan {
  const { name, node } = on
  const plan = { ...untouched, title: `Pause ${name}`, command: commandFor(name, 'pause') }
  if (node.availability === 'pause')
    return { ...plan, ...alreadySo(on, `${name} is paused already.`) }
  const after = { ...node, availability: 'pause' } as const
  const lost = losesOnlyNode(on, after)
  const here = drained(on)
  const fromDrain = node.availability === 'drain'
  const sentence = fromDrain
    ? `${name} stays without new tasks; what a drain stopped does not come back.`
    : `No new task is placed on ${name}. ${here.length === 0 ? 'None runs there' : `${counted(here.length, 'task stays', 'tasks stay')}`}.`
  const global = here.flatMap(({ task }) => {
    const service = on.state.services.get(task.serviceId)
    return service?.mode.kind === 'global' ? service.name : []
  })
  const checks: Check[] = [...lostPlaces(lost)]
  if (global.length > 0) {
    const about = services(global)
    const words = `${counted(about.length, 'global service')} ${about.length === 1 ? 'is' : 'are'} neither updated nor restarted here while the node is paused.`
    checks.push(warn('global-not-restarted', words, about))
  }
  return {
    ...plan,
    sentence,
    losesOnlyNode: lost,
    checks,
    afterwards: `Activating ${name} lets new tasks come again.`,
    write: { kind: 'update', change: { availability: 'pause' } },
  }
}

/** Opens a node to tasks. What is on other nodes stays there. */
export function activatePlan(on: Situation): NodePlan {
  const { name, node } = on
  const plan = {
    ...untouched,
    title: `Activate ${name}`,
    command: commandFor(name, 'active'),
  }
  if (node.availability === 'active') {
    return { ...plan, ...alreadySo(on, `${name} is active already.`) }
  }
  const after = { ...node, availability: 'active' } as const
  const thrown = evicted(on, after)
  const { gains, checks: coming } = arrivals(on, after, thrown)
  const starts = gains.reduce((sum, { tasks }) => sum + tasks, 0)
  const upTo = gains.every(({ tasks, sure }) => sure === tasks) ? '' : 'up to '
  // What a label took from a paused node is thrown off now.
  const { risks, ...found } = impact(on, after, thrown)
  const { anew, evicted: off } = anewAmong(found.tasks, thrown)
  const checks = [...risks, ...coming, ...genericRestart(on, after)]
  if (node.state !== 'ready') {
    const words = `${name} is ${node.state}: no task is placed there before it is ready.`
    checks.push(warn('node-not-ready', words, thisNode(on)))
  }
  const come =
    starts > 0
      ? `${upTo === '' ? '' : 'Up to '}${counted(starts, 'task starts', 'tasks start')} here.`
      : null
  const changes = [come, anewSentence(anew)].filter(Boolean)
  const leave = starts > 0 ? counts({ evicts: off.length }) : outcomeCounts(off)
  const renews = counts({ renews: anew.length })
  return {
    ...plan,
    ...found,
    sentence: `${name} takes tasks again. ${changes.join(' ') || 'No task starts here at once.'}`,
    counts: [starts > 0 ? `starts ${upTo}${starts}` : '', leave, renews]
      .filter(Boolean)
      .join(', '),
    gains,
    checks: [
      ...checks,
      info('no-rebalance', 'Tasks do not move back by themselves.', thisNode(on)),
    ],
    afterwards: rebalance(on, after),
    write: { kind: 'update', change: { availability: 'active' } },
  }
}
