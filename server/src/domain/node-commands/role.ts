import type { QuorumOutlook } from '@skep/shared/contract/node-preview'
import type { Check } from '@skep/shared/contract/preview'
import { block, info, warn } from '../commands/check.ts'
import { shellLine } from '../commands/shell.ts'
import { quorum } from '../quorum.ts'
import type { Node } from '../state.ts'
import { arrivals } from './arrivals.ts'
import type { Situation } from './facts.ts'
import { genericRestart } from './generic-restart.ts'
import { impact } from './impact.ts'
import { evicted } from './leaving.ts'
import { type NodePlan, untouched } from './plan.ts'
import { quorumOutlook } from './quorum-outlook.ts'
import { thisNode } from './risks.ts'
import { anewAmong, anewSentence, counts, outcomeCounts, outcomeSentence } from './words.ts'

/** Beyond this many, managers only make every write slower. */
const mostManagers = 7

/** Makes a worker a manager. */
export function promotePlan(on: Situation): NodePlan {
  const { name, node } = on
  const plan = {
    ...untouched,
    title: `Promote ${name}`,
    command: shellLine('docker', 'node', 'promote', name),
  }
  if (node.role === 'manager') {
    const sentence = node.manager
      ? `${name} is a manager already.`
      : `${name} is being promoted already.`
    const checks = [block('already-so', sentence, thisNode(on))]
    return { ...plan, sentence, checks, write: null }
  }
  const outlook = quorumOutlook(on, 'joins')
  const checks: Check[] = []
  if (node.state !== 'ready') {
    const words = `${name} is ${node.state}: as a manager that cannot be reached it would only weigh on the quorum.`
    checks.push(block('node-not-ready', words, thisNode(on)))
  }
  if (outlook.managersThen % 2 === 0) {
    const words = `${outlook.managersThen} managers bear no more losses than ${outlook.managersThen - 1}: an even number adds one that must agree, and no safety.`
    checks.push(warn('even-managers', words))
  }
  if (outlook.managersThen > mostManagers) {
    const words = `More than ${mostManagers} managers make every change slower, and the swarm no safer.`
    checks.push(warn('many-managers', words))
  }
  const words =
    'A manager holds the keys and the secrets of the swarm, and can command all of it.'
  checks.push(info('holds-keys', words, thisNode(on)))
  return {
    ...plan,
    ...changing(on, { ...node, role: 'manager', manager: joining }, checks),
    sentence: `${name} becomes a manager. ${outlook.sentence}`,
    quorum: outlook,
    write: { kind: 'update', change: { role: 'manager' } },
  }
}

const joining = { leader: false, reachability: 'reachable', address: null } as const

/** Makes a manager a worker, which takes its vote away. */
export function demotePlan(on: Situation): NodePlan {
  const { name, node } = on
  const plan = {
    ...untouched,
    title: `Demote ${name}`,
    command: shellLine('docker', 'node', 'demote', name),
  }
  if (node.role === 'worker') {
    const sentence = node.manager
      ? `${name} is being demoted already.`
      : `${name} is a worker already.`
    const checks = [block('already-so', sentence, thisNode(on))]
    return { ...plan, sentence, checks, write: null }
  }
  const outlook = quorumOutlook(on, 'leaves')
  const checks: Check[] = [...againstQuorum(on)]
  if (node.manager?.leader) {
    const words = `${name} leads the swarm: another manager takes over, and for some seconds nothing can be changed.`
    checks.push(warn('is-leader', words, thisNode(on)))
  }
  // What would be afterwards is beside the point of what is refused.
  if (checks.every(({ level }) => level !== 'block')) {
    checks.push(...blinded(on), ...weaker(outlook))
  }
  return {
    ...plan,
    ...changing(on, { ...node, role: 'worker', manager: null }, checks),
    sentence: `${name} becomes a worker. ${outlook.sentence}`,
    quorum: outlook,
    write: { kind: 'update', change: { role: 'worker' } },
  }
}

/** Only a manager answers what a console asks. */
function blinded(on: Situation): Check[] {
  if (on.state.swarm.nodeId !== on.node.id) return []
  const words = `This console reaches the swarm through ${on.name}: as a worker it answers nothing, and the console sees nothing more until it is started with another manager’s address.`
  return [warn('console-blinded', words, thisNode(on))]
}

/** What the managers bear less of afterwards. */
function weaker({ managersThen, tolerates, sentence }: QuorumOutlook): Check[] {
  if (tolerates === 0) {
    return [warn('no-tolerance', `Afterwards not one manager may fail: ${sentence}`)]
  }
  if (managersThen % 2 !== 0) return []
  const words = `${managersThen} managers bear no more losses than ${managersThen - 1}.`
  return [warn('even-managers', words)]
}

/**
 * The engine's own arithmetic, told before it refuses.
 * @see moby/swarmkit manager/controlapi/node.go, UpdateNode; state/raft/raft.go, CanRemoveMember
 */
function againstQuorum(on: Situation): Check[] {
  const { node, name, state } = on
  const now = quorum(state.nodes.values())
  const managers = [...state.nodes.values()].filter(({ role }) => role === 'manager')
  if (!node.manager) {
    const words = `${name} is not a member of the managers’ raft yet: it cannot leave it.`
    return [block('not-in-raft', words, thisNode(on))]
  }
  if (managers.length <= 1) {
    const words = `${name} is the last manager: without it there is no swarm.`
    return [block('last-manager', words, thisNode(on))]
  }
  const needed = Math.floor((now.total - 1) / 2) + 1
  const isReachable = node.manager.reachability === 'reachable'
  const left = now.reachable - (isReachable ? 1 : 0)
  if (left >= needed) return []
  const words = `${now.reachable} of ${now.total} managers are reachable. Without ${name} ${left} of ${now.total - 1} are, and ${needed} are needed: the quorum would be lost, so the swarm refuses.`
  return [block('breaks-quorum', words, thisNode(on))]
}

/** What a role decides besides: constraints may name it. */
function changing(on: Situation, after: Node, checks: readonly Check[]) {
  const thrown = evicted(on, after)
  const { gains, checks: coming } = arrivals(on, after, thrown)
  const { risks, ...found } = impact(on, after, thrown)
  const { anew, evicted: off } = anewAmong(found.tasks, thrown)
  const renews = counts({ renews: anew.length })
  const thrownWords =
    off.length > 0 ? `By its constraint on the role: ${outcomeSentence(off, '')}` : null
  return {
    ...found,
    counts: [outcomeCounts(off), renews].filter(Boolean).join(', '),
    gains,
    afterwards: [thrownWords, anewSentence(anew)].filter(Boolean).join(' ') || null,
    checks: [...checks, ...risks, ...coming, ...genericRestart(on, after)],
  } satisfies Partial<NodePlan>
}
