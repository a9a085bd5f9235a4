import type { Check } from '@skep/shared/contract/preview'
import { block, info, warn } from '../commands/check.ts'
import { shellLine } from '../commands/shell.ts'
import type { Situation } from './facts.ts'
import { stoppedLater } from './global-jobs.ts'
import { impact } from './impact.ts'
import { drained } from './leaving.ts'
import { type NodePlan, untouched } from './plan.ts'
import { quorumOutlook } from './quorum-outlook.ts'
import { containersStay, thisNode } from './risks.ts'
import { outcomeCounts, outcomeSentence } from './words.ts'

/** Takes every task off a node. Jobs run to their end, plain containers stay. */
export function drainPlan(on: Situation): NodePlan {
  const { name, node } = on
  const title = `Drain ${name}`
  const command = shellLine('docker', 'node', 'update', '--availability', 'drain', name)
  if (node.availability === 'drain') {
    const sentence = `${name} is drained already.`
    const checks = [block('already-so', sentence, thisNode(on))]
    return { ...untouched, title, sentence, command, checks, write: null }
  }
  const after = { ...node, availability: 'drain' } as const
  const { risks, ...found } = impact(on, after, drained(on))
  const { tasks } = found
  return {
    ...untouched,
    ...found,
    title,
    sentence: outcomeSentence(tasks, `No task runs on ${name}: none is touched.`),
    counts: outcomeCounts(tasks),
    quorum: node.manager ? quorumOutlook(on, 'stays') : null,
    afterwards: `Activating ${name} lets tasks come again. Those that moved do not move back by themselves.`,
    checks: [...state(on), ...risks, ...stoppedLater(on, tasks), ...notes(on)],
    command,
    write: { kind: 'update', change: { availability: 'drain' } },
  }
}

function state(on: Situation): Check[] {
  const { node, name, state } = on
  const checks: Check[] = []
  if (node.state !== 'ready') {
    const sentence = `${name} is ${node.state}: what it runs is not known, and it is told of the drain when it is back.`
    checks.push(warn('node-not-ready', sentence, thisNode(on)))
  }
  const left = [...state.nodes.values()].filter(
    (other) =>
      other.id !== node.id && other.state === 'ready' && other.availability === 'active',
  )
  if (left.length === 0) {
    const sentence = 'No other node takes tasks: nothing can move anywhere.'
    checks.push(warn('last-active-node', sentence, thisNode(on)))
  }
  return checks
}

function notes(on: Situation): Check[] {
  const checks = [
    info(
      'stops-before-start',
      'Tasks are stopped before their replacements start, whatever order their services update in.',
    ),
    containersStay(on),
  ]
  if (on.node.manager) {
    const who = on.node.manager.leader ? 'leads the swarm and' : ''
    const sentence = `A drained manager still votes: ${on.name} ${who} stays a manager.`
    checks.push(info('still-votes', sentence.replace(/ {2,}/g, ' '), thisNode(on)))
  }
  return checks
}
