import type { DockerApi } from '../docker/api.ts'
import type { EngineService, EngineServiceSpec } from '../docker/engine.ts'
import { specHash } from '../mirror/translate.ts'
import { writeVersioned } from './versioned-write.ts'

/** The service as it is in the swarm now; null when it is gone. Throws a DockerError. */
export async function inspect(api: DockerApi, id: string): Promise<EngineService | null> {
  const [service] = await api.services([id])
  return service ?? null
}

/**
 * Writes a whole spec on top of the one that was read. An update in progress moves the
 * version of its service all the time; as long as both specs are those that were read, and
 * the update is where it was, the write is sent again under the new version. Once it has
 * paused, the same write would resume it.
 *
 * @throws Outdated when somebody else changed the service in between; DockerError
 * @see moby/swarmkit manager/controlapi/service.go, UpdateService: errSequenceConflict
 */
export async function writeSpec(
  api: DockerApi,
  read: EngineService,
  spec: EngineServiceSpec,
  options: { rollback: boolean },
): Promise<void> {
  await writeVersioned(read, {
    write: (version) => api.updateService(read.ID, version, spec, options),
    readAgain: () => inspect(api, read.ID),
    isSame: (fresh) => isSame(fresh, read),
  })
}

const isSame = (a: EngineService, b: EngineService): boolean =>
  specHash(a.Spec) === specHash(b.Spec) &&
  previousHash(a) === previousHash(b) &&
  a.UpdateStatus?.State === b.UpdateStatus?.State

const previousHash = ({ PreviousSpec: spec }: EngineService): string | null =>
  spec ? specHash(spec) : null
