import type { DockerApi } from './api.ts'
import { DockerError } from './errors.ts'

/**
 * What only looks, or moves the hands of a simulator's clock. Whatever else the interface
 * comes to hold is a write, and refused.
 */
type Reading =
  | 'endpoint'
  | 'version'
  | 'info'
  | 'swarm'
  | 'nodes'
  | 'services'
  | 'tasks'
  | 'allTasks'
  | 'networks'
  | 'events'
  | 'serviceLogs'
  | 'secrets'
  | 'configs'
  | 'config'
  | 'volumes'
  | 'distribution'
  | 'simulatedTime'
  | 'setSimulatedSpeed'

/** The same engine, to which no write is sent by any path. */
export function readOnly(api: DockerApi): DockerApi {
  const refuse = () =>
    Promise.reject(
      new DockerError('denied', 'This console is read-only: nothing was sent.'),
    )
  const writes: Omit<DockerApi, Reading> = {
    updateService: refuse,
    removeService: refuse,
    updateNode: refuse,
    removeNode: refuse,
    createSecret: refuse,
    createConfig: refuse,
    removeSecret: refuse,
    removeConfig: refuse,
  }
  return { ...api, ...writes }
}
