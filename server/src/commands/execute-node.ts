import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { NodeAsked } from '@skep/shared/contract/node-commands'
import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { Operation } from '@skep/shared/contract/operation'
import type { Consent } from '@skep/shared/contract/preview'
import type { EngineNode } from '../docker/engine.ts'
import { classify } from '../docker/errors.ts'
import { instant } from '../domain/instant.ts'
import { nodeNames } from '../domain/names.ts'
import type { Facts } from '../domain/node-commands/facts.ts'
import type { NodeWrite } from '../domain/node-commands/plan.ts'
import { nodePreview, openNodeChecks } from '../domain/node-commands/preview.ts'
import type { Residency } from '../domain/residency.ts'
import type { ClusterState } from '../domain/state.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { toNode } from '../mirror/translate.ts'
import {
  changedSince,
  checksOpen,
  doubtful,
  engineRefused,
  notWrittenDown,
} from './failure.ts'
import type { Operations } from './operations.ts'
import { Refusal } from './refusal.ts'
import { createTurns } from './turns.ts'

/** Looking at what a node command would do, and doing it. */
export type NodeCommands = {
  /** @throws Refusal; DockerError when the swarm cannot be asked */
  preview(asked: NodeAsked, node: string): Promise<NodePreview>
  /**
   * Does what a preview said, if it still says so. Resolves when the engine has taken it,
   * or when its answer was lost: what then happens is observed.
   *
   * @throws Refusal: 404 no such node, 409 the facts moved, 422 a check stands; DockerError
   */
  run(asked: NodeAsked, node: string, consent: Consent, actor: string): Promise<Operation>
}

type Deps = {
  mirror: Mirror
  operations: Operations
  /** Where node-local volumes were, as far as it is known now. */
  residency: () => Residency
  readOnly: boolean
}

/** So often a write is sent again because only the version had moved. */
const retries = 3

export function createNodeCommands({
  mirror,
  operations,
  residency,
  readOnly,
}: Deps): NodeCommands {
  const inTurn = createTurns()
  const key = randomBytes(32)
  const sealed = (basis: string) =>
    createHmac('sha256', key).update(basis).digest('base64url')

  /** The node is read afresh; its tasks are those of the mirror, which follows closely. */
  async function look(asked: NodeAsked, name: string) {
    const state = mirror.state()
    const read = await nodeCalled(name, state)
    const node = toNode(read)
    const facts: Facts = {
      state: { ...state, nodes: new Map(state.nodes).set(node.id, node) },
      node,
      residency: residency(),
      self: hostname(),
      readOnly,
      now: Date.now() + state.swarm.clockAhead,
    }
    const { preview: seen, write } = nodePreview(asked, facts)
    return { facts, read, write, seen: { ...seen, basis: sealed(seen.basis) } }
  }

  async function nodeCalled(name: string, state: ClusterState): Promise<EngineNode> {
    const named = [...nodeNames(state.nodes)].find(([, known]) => known === name)
    const nodes = named ? await mirror.api().nodes() : []
    const read = nodes.find(({ ID }) => ID === named?.[0])
    if (read) return read
    throw new Refusal({
      status: 404,
      code: 'no-such-node',
      title: `There is no node ${name} in this swarm.`,
      next:
        state.swarm.state === 'live'
          ? 'It may have been removed: see /api/cluster for those that are there.'
          : 'What is known of the swarm is old: see its state at the top of the page.',
    })
  }

  const outdated = async (asked: NodeAsked, name: string): Promise<Refusal> =>
    changedSince(name, (await look(asked, name)).seen)

  async function run(asked: NodeAsked, name: string, consent: Consent, actor: string) {
    const { facts, read, seen, write } = await look(asked, name)
    if (seen.basis !== consent.basis) throw await outdated(asked, name)
    const standing = openNodeChecks(seen, consent)
    if (standing.length > 0 || !write) throw checksOpen(seen, standing)
    const operation: Operation = {
      id: randomUUID(),
      kind: asked.kind,
      subject: { kind: 'node', name, id: read.ID },
      actor,
      title: seen.title,
      command: seen.command,
      acknowledged: seen.checks.filter(({ level }) => level === 'warn'),
      state: 'requested',
      sentence: 'Requested.',
      requestedAt: instant(Date.now()),
      acceptedAt: null,
      endedAt: null,
      specVersion: null,
    }
    const tracking = { write, announced: announced(seen), services: owed(seen, facts) }
    await operations.begin(operation, tracking).catch((error: unknown) => {
      throw notWrittenDown(error)
    })
    try {
      await send(write, read)
    } catch (error) {
      if (error instanceof Outdated) {
        await operations.refuse(operation.id, `${name} was changed by somebody else first.`)
        throw await outdated(asked, name)
      }
      const failure = classify(error)
      if (!doubtful.has(failure.kind)) {
        await operations.refuse(operation.id, `The engine refused: ${failure.message}`)
        throw engineRefused(failure, name)
      }
      return operations.doubt(operation.id, failure.message)
    }
    const after = await find(read.ID).catch(() => null)
    // An update moved the version of the node, even where that could not be read again.
    const least = write.kind === 'update' ? read.Version.Index + 1 : null
    return operations.accept(operation.id, null, after?.Version.Index ?? least)
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
    // A node's version moves with its every report, its spec only by hand.
    let { Index: version } = read.Version
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await mirror.api().updateNode(read.ID, version, spec)
      } catch (error) {
        if (classify(error).kind !== 'out-of-sequence') throw error
      }
      const fresh = await find(read.ID)
      if (!fresh || attempt === retries || !isSameSpec(fresh, read)) throw new Outdated()
      version = fresh.Version.Index
    }
  }

  return {
    preview: async (asked, name) => (await look(asked, name)).seen,
    run: (asked, name, consent, actor) =>
      inTurn(name, () => run(asked, name, consent, actor)),
  }
}

/** What was previewed is not what is there any more: nothing was written. */
class Outdated extends Error {
  override readonly name = 'Outdated'
}

const isSameSpec = (a: EngineNode, b: EngineNode): boolean =>
  JSON.stringify(a.Spec) === JSON.stringify(b.Spec)

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
