import type { StoredKind } from '@skep/shared/contract/stored'
import type { DockerApi } from '../docker/api.ts'

/** The engine's calls for secrets and for configs, which are the same in all but their name. */
type Calls = {
  list: DockerApi['secrets']
  create: DockerApi['createSecret']
  remove: DockerApi['removeSecret']
}

export const callsFor = (kind: StoredKind, api: DockerApi): Calls =>
  kind === 'secret'
    ? { list: api.secrets, create: api.createSecret, remove: api.removeSecret }
    : { list: api.configs, create: api.createConfig, remove: api.removeConfig }
