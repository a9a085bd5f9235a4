import type { ClusterState } from '../domain/state.ts'
import { readClusterVolumes } from './cluster-volumes.ts'
import { nothing } from './hints.ts'
import type { Mirror } from './mirror.ts'
import { read } from './read.ts'
import { replaceClusterVolumes } from './replace.ts'

/**
 * The state with services, tasks, secrets, configs and cluster volumes as the engine has them
 * at this moment: what nobody but the console keeps from being removed must not be judged on
 * what was so a second ago. While the swarm does not answer it is the state that is known.
 * @throws DockerError
 */
export async function freshUses(
  mirror: Pick<Mirror, 'api' | 'state'>,
): Promise<ClusterState> {
  const { state: swarmState, apiVersion } = mirror.state().swarm
  if (swarmState !== 'live') return mirror.state()
  const dirty = { ...nothing(), services: 'all', tasks: 'all', stored: true } as const
  const [{ apply }, volumes] = await Promise.all([
    read(mirror.api(), dirty, false),
    readClusterVolumes(mirror.api(), apiVersion),
  ])
  return replaceClusterVolumes(apply(mirror.state()), volumes)
}
