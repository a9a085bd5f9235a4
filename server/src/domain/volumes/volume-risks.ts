import type { Volume, VolumeScope } from '@skep/shared/contract/volume'
import { matchesAll } from '../constraints.ts'
import type { ClusterState } from '../state.ts'
import { isPerTask } from '../statefulness/naming.ts'
import { natureOf } from '../statefulness/places.ts'
import { isPerNode } from '../task-life.ts'
import { counted, listed } from '../words.ts'
import type { Place } from './volume-places.ts'
import type { Use } from './volume-uses.ts'

type Risk = Volume['risks'][number]

type About = {
  readonly scope: VolumeScope
  readonly uses: readonly Use[]
  readonly places: readonly Place[]
  readonly nodes: ClusterState['nodes']
}

/** What could go wrong with a volume, each kind once, in the order of their weight. */
export function volumeRisks(about: About): Risk[] {
  const { uses, nodes, places } = about
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['replicas-on-local', uses.flatMap((use) => replicasOnLocal(use, about.scope))],
    ['replicas-share', uses.flatMap((use) => replicasShare(use, about.scope))],
    ['shared-writes', sharedWrites(about)],
    ['drivers-differ', driversDiffer(uses)],
    ['unpinned', uses.flatMap((use) => unpinned(use, about))],
    ['node-gone', onNodes(places, (id) => !nodes.has(id), 'left the swarm')],
    ['node-down', onNodes(places, (id) => nodes.get(id)?.state === 'down', 'down')],
    ['old-copies', oldCopies(about)],
    ['unused', isUsed(uses) ? [] : ['No service refers to it.']],
  ]
  return kinds.flatMap(([id, sentences]) =>
    sentences.length > 0 ? [{ id, sentence: sentences.join(' ') }] : [],
  )
}

/**
 * Whether a spec names it, the one that a rollback would bring back too, or a task that is
 * not over was given it.
 */
export const isUsed = (uses: readonly Use[]): boolean =>
  uses.some(
    ({ mount, previous, tasks }) => mount !== null || previous !== null || tasks.length > 0,
  )

/**
 * Whether each node has its own, and it lasts longer than the task. A mount that says only the
 * name takes what was made beforehand: where an engine tells that this is elsewhere, or that it
 * may be, the mount has no say.
 */
const staysBehind = ({ mount, naming }: Use, scope: VolumeScope): boolean =>
  scope === 'node-local' && mount !== null && natureOf(mount, naming).fate === 'local'

function replicasOnLocal(use: Use, scope: VolumeScope): string[] {
  const { service, naming } = use
  const { mode, name } = service
  if (mode.kind !== 'replicated' || mode.replicas < 2) return []
  if (!staysBehind(use, scope) || isPerTask(naming, service)) return []
  return [
    `${name} has ${mode.replicas} replicas: on one node they share it, on several each has its own copy.`,
  ]
}

function replicasShare({ service, naming, mount }: Use, scope: VolumeScope): string[] {
  const { mode, name } = service
  if (mount === null || mount.readOnly || isPerTask(naming, service)) return []
  if (scope !== 'remote' && scope !== 'cluster') return []
  switch (mode.kind) {
    case 'replicated':
      return mode.replicas > 1
        ? [`${mode.replicas} replicas of ${name} write to the same files.`]
        : []
    case 'global':
      return [`${name} writes to the same files from every node.`]
    case 'replicated-job':
    case 'global-job':
      return []
  }
}

function sharedWrites({ uses, scope }: About): string[] {
  const writers = new Set(
    uses.flatMap(({ mount, service }) => (mount && !mount.readOnly ? service.name : [])),
  )
  if (writers.size < 2) return []
  const where = scope === 'node-local' ? ', wherever they run on the same node' : ''
  return [`${listed([...writers].sort())} write to it${where}.`]
}

function driversDiffer(uses: readonly Use[]): string[] {
  const drivers = new Set(
    uses.flatMap(({ mount }) => (mount ? (mount.driver ?? 'local') : [])),
  )
  return drivers.size < 2
    ? []
    : [
        `Its services name different drivers, ${listed([...drivers].sort())}: the first to run on a node decides.`,
      ]
}

function unpinned(use: Use, { scope, nodes }: About): string[] {
  const { mode, name, spec } = use.service
  if (isPerNode(mode) || !staysBehind(use, scope)) return []
  const allowed = [...nodes.values()].filter((node) => matchesAll(spec.constraints, node))
  if (allowed.length < 2) return []
  return allowed.length === nodes.size
    ? [`No constraint keeps ${name} where its data is: on another node it starts empty.`]
    : [
        `The constraints of ${name} allow ${counted(allowed.length, 'node')}: on another one it starts empty.`,
      ]
}

function onNodes(
  places: readonly Place[],
  isSo: (nodeId: string) => boolean,
  what: 'left the swarm' | 'down',
): string[] {
  const there = places.filter(({ nodeId }) => isSo(nodeId))
  if (there.length === 0) return []
  const newest = Math.max(...places.map(({ last }) => last))
  const isLast = there.some(({ last }) => last === newest)
  const nodes = listed(there.map(({ node }) => node))
  const one = there.length === 1
  const words =
    what === 'down'
      ? `${nodes} ${one ? 'is' : 'are'} down`
      : `${nodes} ${one ? 'is' : 'are'} no longer in the swarm`
  return [
    isLast
      ? `${words}: what was written last is there.`
      : `${words}: an older copy may be there.`,
  ]
}

/** Only of what one task at a time has: of others, several nodes are no surprise. */
function oldCopies({ scope, uses, places }: About): string[] {
  const isSingle = uses.every(
    ({ naming, service: { mode } }) =>
      naming === 'same' && (mode.kind === 'replicated' || mode.kind === 'replicated-job'),
  )
  if (scope !== 'node-local' || !isSingle || places.length < 2) return []
  const newest = Math.max(...places.map(({ last }) => last))
  const old = places.filter(({ last }) => last < newest)
  if (old.length === 0) return []
  return [
    `${listed(old.map(({ node }) => node))} may still have an older copy: data that was written there is not where it runs now.`,
  ]
}
