import type { DockerApi } from './api.ts'
import { DockerError } from './errors.ts'

/** The same engine, to which no write is sent by any path. */
export function readOnly(api: DockerApi): DockerApi {
  const refuse = () =>
    Promise.reject(
      new DockerError('denied', 'This console is read-only: nothing was sent.'),
    )
  return {
    ...api,
    updateService: refuse,
    removeService: refuse,
    updateNode: refuse,
    removeNode: refuse,
    createSecret: refuse,
  }
}
