import type { NodeAsked } from '@skep/shared/contract/node-commands'
import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { EngineNode } from '../docker/engine.ts'
import { nodeNames } from '../domain/names.ts'
import type { Facts } from '../domain/node-commands/facts.ts'
import type { NodeWrite } from '../domain/node-commands/plan.ts'
import { nodePreview } from '../domain/node-commands/preview.ts'
import type { Residency } from '../domain/residency.ts'
import type { ClusterState } from '../domain/state.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { toNode } from '../mirror/translate.ts'
import { whyAway } from './memory-away.ts'
import { noSuchNode } from './missing.ts'
import type { Operations } from './operations.ts'
import { createPress, type Press } from './press.ts'
import { containerOfConsole } from './self.ts'
import { writeVersioned } from './versioned-write.ts'

/** Commands on a node: drain, activate, labels, and the others. */
export type NodeCommands = Press<NodeAsked, NodePreview>

type Deps = {
  mirror: Mirror
  memory: Pick<Memory<Tracking>, 'operations'>
  operations: Operations
  /** Where node-local volumes were, as far as it is known now. */
  residency: () => Residency
  readOnly: boolean
}

export function createNodeCommands({
  mirror,
  memory,
  operations,
  residency,
  readOnly,
}: Deps): NodeCommands {
  // A process never changes its container.
  const self = containerOfConsole()

  /** The node is read afresh; its tasks are those of the mirror, which follows closely. */
  async function look(asked: NodeAsked, name: string) {
    const state = mirror.state()
    const [read, memoryAway] = await Promise.all([
      nodeCalled(name, state),
      whyAway(memory.operations.list({ limit: 1 })),
    ])
    const node = toNode(read)
    const facts: Facts = {
      state: { ...state, nodes: new Map(state.nodes).set(node.id, node) },
      node,
      residency: residency(),
      self: await self,
      memoryAway,
      readOnly,
      now: clock.ofManagers(state),
    }
    const { preview, write } = nodePreview(asked, facts)
    const act = write && {
      tracking: { write, announced: announced(preview), services: owed(preview, facts) },
      send: () => send(write, read),
      left: () => left(write, read),
    }
    return { subject: { kind: 'node', name, id: read.ID } as const, preview, act }
  }

  async function nodeCalled(name: string, state: ClusterState): Promise<EngineNode> {
    const named = [...nodeNames(state.nodes)].find(([, known]) => known === name)
    const read = named ? await find(named[0]) : null
    if (!read) throw noSuchNode(state, name)
    return read
  }

  const find = async (id: string): Promise<EngineNode | null> =>
    (await mirror.api().nodes()).find(({ ID }) => ID === id) ?? null

  async function send(write: NodeWrite, read: EngineNode): Promise<void> {
    if (write.kind === 'remove') return mirror.api().removeNode(read.ID, write)
    const { availability, role, labels } = write.change
    const spec: EngineNode['Spec'] = {
      ...read.Spec,
      ...(availability && { Availability: availability }),
      ...(role && { Role: role }),
      ...(labels && { Labels: { ...labels } }),
    }
    await writeVersioned(read, {
      write: (version) => mirror.api().updateNode(read.ID, version, spec),
      readAgain: () => find(read.ID),
      isSame: (fresh) => JSON.stringify(fresh.Spec) === JSON.stringify(read.Spec),
    })
  }

  async function left(write: NodeWrite, { ID, Version }: EngineNode) {
    const after = await find(ID).catch(() => null)
    // An update moved the version of the node, even where that could not be read again.
    const least = write.kind === 'update' ? Version.Index + 1 : null
    return { specHash: null, version: after?.Version.Index ?? least }
  }

  return createPress(look, operations)
}

/** What the button counted. */
const announced = ({ button, title }: NodePreview): string =>
  button.slice(title.length).replace(/^ \((.*)\)$/, '$1')

/**
 * The services that dip, with how many of their tasks are sure to run again: no more than
 * ran before, for a task in a crash loop moves and runs no better elsewhere.
 */
function owed({ services }: NodePreview, { state }: Facts) {
  const settles = new Map(
    services.map(({ service, settles, running }) => [service, Math.min(settles, running)]),
  )
  return [...state.services.values()].flatMap(({ id, name }) => {
    const count = settles.get(name)
    return count === undefined ? [] : [{ id, settles: count }]
  })
}
