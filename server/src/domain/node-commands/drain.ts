import type { ServiceDip } from '@skep/shared/contract/node-preview'
import type { Check } from '@skep/shared/contract/preview'
import { block, info, warn } from '../commands/check.ts'
import { shellLine } from '../commands/shell.ts'
import { dips } from './dips.ts'
import type { Situation } from './facts.ts'
import { fates } from './fate.ts'
import { losesOnlyNode } from './gains.ts'
import { drained } from './leaving.ts'
import { type NodePlan, untouched } from './plan.ts'
import { quorumOutlook } from './quorum-outlook.ts'
import { containersStay, lostPlaces, risks, thisNode } from './risks.ts'
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
  const tasks = fates(on, drained(on))
  const after = { ...node, availability: 'drain' } as const
  const lost = losesOnlyNode(on, after)
  const dipping = dips(on, tasks)
  return {
    ...untouched,
    title,
    sentence: outcomeSentence(tasks, `No task runs on ${name}: none is touched.`),
    counts: outcomeCounts(tasks),
    tasks,
    losesOnlyNode: lost,
    quorum: node.manager ? quorumOutlook(on, 'stays') : null,
    afterwards: `Activating ${name} lets tasks come again. Those that moved do not move back by themselves.`,
    checks: [
      ...state(on),
      ...risks(on, tasks, dipping),
      ...lostPlaces(lost.filter((service) => !isLeaving(service, dipping))),
      ...notes(on),
    ],
    command,
    write: { kind: 'update', change: { availability: 'drain' } },
  }
}

/** A service that has tasks here is told of with them. */
const isLeaving = (name: string, dipping: readonly ServiceDip[]): boolean =>
  dipping.some(({ service }) => service === name)

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
