import type { StoredKind } from '@skep/shared/contract/stored'
import type { Engine, Task } from './engine.ts'

/** What the engine lists, as far as uses are read from it. */
export type RawSwarm = {
  secrets: readonly RawStored[]
  configs: readonly RawStored[]
  services: readonly RawService[]
  tasks: readonly RawTask[]
}

export type RawStored = { ID: string; Spec: { Name: string } }

export type RawService = {
  ID: string
  Spec: RawSpec & { Name: string }
  PreviousSpec?: RawSpec
  UpdateStatus?: { State?: string }
}

export type RawSpec = { TaskTemplate: RawTemplate }

export type RawTask = Task & { Spec: RawTemplate }

export type RawTemplate = {
  ContainerSpec?: {
    Secrets?: readonly ({ SecretID: string } & RawReference)[] | null
    Configs?: readonly ({ ConfigID: string } & RawReference)[] | null
  }
}

type RawReference = {
  File?: { Name: string; UID: string; GID: string; Mode: number } | null
}

/** What the engine lists now. */
export async function readSwarm(swarm: Engine): Promise<RawSwarm> {
  const list = (what: string) => swarm.ask('GET', `/${what}`)
  const [secrets, configs, services, tasks] = await Promise.all(
    ['secrets', 'configs', 'services', 'tasks'].map(list),
  )
  return {
    // The engine's own answers.
    secrets: secrets as RawStored[],
    configs: configs as RawStored[],
    services: services as RawService[],
    tasks: tasks as RawTask[],
  }
}

export const storedIn = (
  { secrets, configs }: RawSwarm,
  kind: StoredKind,
): readonly RawStored[] => (kind === 'secret' ? secrets : configs)

/** What a task of this template is given, by the id of the object. */
export const referencesOf = ({ ContainerSpec }: RawTemplate, kind: StoredKind) =>
  kind === 'secret'
    ? (ContainerSpec?.Secrets ?? []).map(({ SecretID, File }) => ({ id: SecretID, File }))
    : (ContainerSpec?.Configs ?? []).map(({ ConfigID, File }) => ({ id: ConfigID, File }))

export const names = ({ TaskTemplate }: RawSpec, kind: StoredKind, id: string): boolean =>
  referencesOf(TaskTemplate, kind).some((one) => one.id === id)
