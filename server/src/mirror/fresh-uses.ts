import type { ClusterState } from '../domain/state.ts'
import { nothing } from './hints.ts'
import type { Mirror } from './mirror.ts'
import { read } from './read.ts'

/**
 * The state with services, tasks, secrets and configs as the engine has them at this moment:
 * what nobody but the console keeps from being removed must not be judged on what was so a
 * second ago. While the swarm does not answer it is the state that is known.
 * @throws DockerError
 */
export async function freshUses(
  mirror: Pick<Mirror, 'api' | 'state'>,
): Promise<ClusterState> {
  if (mirror.state().swarm.state !== 'live') return mirror.state()
  const dirty = { ...nothing(), services: 'all', tasks: 'all', stored: true } as const
  const { apply } = await read(mirror.api(), dirty, false)
  return apply(mirror.state())
}
