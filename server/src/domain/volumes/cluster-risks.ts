import type { Volume } from '@skep/shared/contract/volume'
import { groupOf } from '../placement/volume-finding.ts'
import type { ClusterState, ClusterVolume } from '../state.ts'
import { isPerNode } from '../task-life.ts'
import { listed } from '../words.ts'
import type { ClusterUse } from './cluster-uses.ts'
import { volumeRisks } from './volume-risks.ts'

type Risk = Volume['risks'][number]

/**
 * What could go wrong with a cluster volume, each kind once, in the order of their weight:
 * what keeps tasks from running comes first.
 * @param volume null where the swarm has none by that name
 */
export function clusterRisks(
  name: string,
  volume: ClusterVolume | null,
  uses: readonly ClusterUse[],
  state: ClusterState,
): Risk[] {
  const shared = volumeRisks({ scope: 'cluster', uses, places: [], nodes: state.nodes })
  if (state.clusterVolumes === null) return shared
  if (volume === null) return [...missing(name, uses), ...shared]
  return [
    ...unready(volume),
    ...secretsGone(volume, state),
    ...uses.flatMap((use) => refusedTo(volume, use)),
    ...shared.filter(({ id }) => !writeRisks.has(id) || canBeWrittenByMany(volume)),
  ].filter(isFirstOfItsKind)
}

const risk = (id: string, sentence: string): Risk => ({ id, sentence })

const isFirstOfItsKind = ({ id }: Risk, at: number, all: readonly Risk[]): boolean =>
  all.findIndex((other) => other.id === id) === at

function missing(name: string, uses: readonly ClusterUse[]): Risk[] {
  if (!uses.some(({ mount }) => mount !== null)) return []
  const group = groupOf(name)
  return [
    risk(
      'missing',
      group === null
        ? 'The swarm has no cluster volume of this name: tasks that mount it wait.'
        : `No cluster volume is in the group ${group}: tasks that mount one of it wait.`,
    ),
  ]
}

function unready({ made, driver, availability }: ClusterVolume): Risk[] {
  if (!made) {
    const sentence = `Its driver ${driver} has not made it: tasks that mount it wait.`
    return [risk('not-made', sentence)]
  }
  switch (availability) {
    case 'active':
      return []
    case 'pause':
      return [risk('not-active', 'It is paused: no new task is given it.')]
    case 'drain':
      return [risk('not-active', 'It is drained: no task is given it, and none keeps it.')]
    case 'unknown':
      return [risk('not-active', 'Whether new tasks are given it cannot be told.')]
  }
}

/** The engine removes a secret without a look at volumes. */
function secretsGone(
  { secrets }: ClusterVolume,
  { secrets: stored }: ClusterState,
): Risk[] {
  const names = new Set([...stored.values()].map(({ name }) => name))
  const gone = secrets.filter(({ secret }) => !stored.has(secret) && !names.has(secret))
  if (gone.length === 0) return []
  const keys = listed([...new Set(gone.map(({ key }) => key))])
  return [
    risk(
      'secret-gone',
      `What its driver is given as ${keys} is a secret that the swarm does not have any more: the driver may fail.`,
    ),
  ]
}

/** Tasks that its access mode keeps from having it, whatever happens. */
function refusedTo({ scope, sharing }: ClusterVolume, use: ClusterUse): Risk[] {
  const { mount, source, service } = use
  if (mount === null) return []
  const { name, mode } = service
  if (sharing === 'readonly' && !mount.readOnly) {
    const sentence = `It is for reading only, and ${name} mounts it to write: its tasks wait.`
    return [risk('read-only', sentence)]
  }
  // Of a group, each task may be given another.
  if (groupOf(source) !== null) return []
  const replicas = mode.kind === 'replicated' ? mode.replicas : null
  const isMany = isPerNode(mode) || (replicas !== null && replicas > 1)
  if (!isMany) return []
  const all = replicas === null ? 'tasks' : `${replicas} replicas`
  if (sharing === 'none' || (sharing === 'onewriter' && !mount.readOnly)) {
    const rule = sharing === 'none' ? 'one task' : 'one task that writes'
    return [
      risk(
        'one-task',
        `It is for ${rule} at a time: of the ${all} of ${name} one can have it.`,
      ),
    ]
  }
  if (scope !== 'single') return []
  const sentence = `It is for one node at a time: the ${all} of ${name} can only run where the first one does.`
  return [risk('one-node', sentence)]
}

const writeRisks: ReadonlySet<string> = new Set(['replicas-share', 'shared-writes'])

const canBeWrittenByMany = ({ sharing }: ClusterVolume): boolean =>
  sharing === 'all' || sharing === 'unknown'
