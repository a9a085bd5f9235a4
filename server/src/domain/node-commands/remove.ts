import type { RemoveNodeArguments } from '@skep/shared/contract/node-commands'
import type { Check } from '@skep/shared/contract/preview'
import { block, info, warn } from '../commands/check.ts'
import { shellLine } from '../commands/shell.ts'
import { counted } from '../words.ts'
import type { Situation } from './facts.ts'
import { impact } from './impact.ts'
import { orphaned } from './leaving.ts'
import { type NodePlan, untouched } from './plan.ts'
import { containersStay, services, thisNode } from './risks.ts'
import { outcomeCounts, outcomeSentence } from './words.ts'

/** Takes a node out of the swarm's books. The machine itself is not touched. */
export function removeNodePlan(on: Situation, { force }: RemoveNodeArguments): NodePlan {
  const { name } = on
  const { risks, ...found } = impact(on, null, orphaned(on))
  const { tasks } = found
  const blocks = against(on, force)
  return {
    ...untouched,
    ...found,
    title: `Remove ${name}`,
    sentence: `${name} leaves the swarm’s list. ${outcomeSentence(tasks, 'It has no task.')}`,
    counts: outcomeCounts(tasks),
    afterwards: `If the machine joins again it is a new node, without its labels.`,
    checks: [...blocks, ...risks, ...leftBehind(on), ...labelsLost(on), containersStay(on)],
    command: shellLine('docker', 'node', 'rm', ...(force ? ['--force'] : []), name),
    write: blocks.some(({ level }) => level === 'block') ? null : { kind: 'remove', force },
  }
}

/** @see moby/swarmkit manager/controlapi/node.go, RemoveNode */
function against(on: Situation, force: boolean): Check[] {
  const { node, name } = on
  if (node.manager || node.role === 'manager') {
    const words = `${name} is a manager and a member of the raft: demote it first.`
    return [block('is-manager', words, thisNode(on))]
  }
  if (node.state === 'down') return []
  // Any other state is no proof that the machine stands still, and the engine refuses none.
  if (node.state !== 'ready') {
    const words = `${name} is ${node.state}, not down: its containers may run on beside their replacements.`
    return [warn('runs-on', words, thisNode(on))]
  }
  if (!force) {
    const words = `${name} is ready: let it leave the swarm (\`docker swarm leave\` on it), or shut it down, and remove it then.`
    return [block('node-not-down', words, thisNode(on))]
  }
  const words = `${name} is ready and does not know that it is removed: its containers may run on beside their replacements.`
  return [warn('runs-on', words, thisNode(on))]
}

/** Data whose last known home is this node. */
function leftBehind({ residency, node, state, name }: Situation): Check[] {
  const owners = [...residency].flatMap(([serviceId, stays]) => {
    const latest = new Map<string, string>()
    for (const { volume, nodeId } of stays) {
      if (!latest.has(volume)) latest.set(volume, nodeId)
    }
    const service = state.services.get(serviceId)
    return service && [...latest.values()].includes(node.id) ? service.name : []
  })
  if (owners.length === 0) return []
  const about = services(owners)
  const words = `The volumes of ${counted(about.length, 'service')} were last on ${name}: they stay on the machine, out of the swarm’s sight.`
  return [warn('data-left-behind', words, about)]
}

function labelsLost({ node, name }: Situation): Check[] {
  const keys = Object.keys(node.labels).sort()
  if (keys.length === 0) return []
  const words = `Its labels are lost with it: ${keys.join(', ')}.`
  return [info('labels-lost', words, [{ kind: 'node', name }])]
}
