import type {
  EngineEvent,
  EngineInfo,
  EngineNetwork,
  EngineNode,
  EngineService,
  EngineServiceSpec,
  EngineStored,
  EngineSwarm,
  EngineTask,
  EngineVersion,
  EngineVolumes,
  SimulatedTime,
} from './engine.ts'
import type { Known, Listed } from './json-list.ts'
import type { LogFrame } from './log-frames.ts'

/** Values of one key are OR-ed, keys are AND-ed, as the engine does. Ids are full ids. */
export type TaskFilter = {
  ids?: readonly string[]
  /** If one of them is gone, the engine refuses the whole call: `not-found`. */
  services?: readonly string[]
  /** Only tasks that the swarm counts as on their service's current spec. */
  upToDate?: true
}

export type Distribution = {
  /** `sha256:…` */
  readonly digest: string
  readonly platforms: readonly { readonly os: string; readonly architecture: string }[]
}

export type LogOptions = {
  follow: boolean
  /** Lines from the end of each task's log. */
  tail: number
  signal: AbortSignal
}

/**
 * The Docker API of one manager: the calls we make, in our own types. Every method throws
 * a `DockerError` and nothing else. Reads give up after `callTimeout`; streams end when
 * their signal aborts, and throw when the engine ends them.
 */
export type DockerApi = {
  /** How people know this engine: `unix:///var/run/docker.sock`, `tcp://m1:2376`. */
  readonly endpoint: string
  version(): Promise<EngineVersion>
  info(): Promise<EngineInfo>
  swarm(): Promise<EngineSwarm>
  nodes(): Promise<EngineNode[]>
  /** With `ids`, only those; with running and desired counts where the engine has them. */
  services(ids?: readonly string[]): Promise<EngineService[]>
  tasks(filter?: TaskFilter): Promise<EngineTask[]>
  /**
   * All tasks there are, or all that are up to date. Those that are known in the version listed
   * are told as they are known.
   * @param find what is known of a task; undefined where that is nothing
   */
  allTasks<T extends Known>(
    find: (id: string) => T | undefined,
    filter?: { upToDate?: true },
  ): Promise<Listed<T, EngineTask>>
  /** Networks of the swarm scope. */
  networks(): Promise<EngineNetwork[]>
  /** Swarm-scope events from now on; the promise settles once the engine is listening. */
  events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>
  serviceLogs(service: EngineService, options: LogOptions): AsyncIterable<LogFrame>
  /** Without their values, which an engine does not give away. */
  secrets(): Promise<EngineStored[]>
  /** With their payloads. */
  configs(): Promise<EngineStored[]>
  /** With its payload. */
  config(id: string): Promise<EngineStored>
  /** The named volumes of this engine alone, and the cluster volumes of its swarm. */
  volumes(): Promise<EngineVolumes>
  /** What a reference stands for in its registry now, as this engine sees it. */
  distribution(reference: string): Promise<Distribution>
  /**
   * Replaces the whole spec; fields that are left out take the engine's defaults. With
   * `rollback` the spec is not looked at: the engine swaps in the previous one.
   */
  updateService(
    id: string,
    version: number,
    spec: EngineServiceSpec,
    options?: { rollback: boolean },
  ): Promise<void>
  /** Its tasks are stopped; what they wrote into volumes stays. */
  removeService(id: string): Promise<void>
  /** Replaces the node's own spec; fields that are left out are lost. */
  updateNode(id: string, version: number, spec: EngineNode['Spec']): Promise<void>
  /** Strikes a node off the list; `force` also one that is not down. */
  removeNode(id: string, options: { force: boolean }): Promise<void>
  /** The value travels in the body, never in the URL. Answers the new secret's id. */
  createSecret(
    name: string,
    value: Uint8Array,
    labels: Record<string, string>,
  ): Promise<string>
  createConfig(
    name: string,
    value: Uint8Array,
    labels: Record<string, string>,
  ): Promise<string>
  /** Refused by the engine while the spec of a service names it; it looks no further. */
  removeSecret(id: string): Promise<void>
  removeConfig(id: string): Promise<void>
  /** Of a simulated engine, which says so in its labels; of a real one `not-found`. */
  simulatedTime(): Promise<SimulatedTime>
  /** The same, and from now on at this speed. Touches nothing in the swarm. */
  setSimulatedSpeed(speed: number): Promise<SimulatedTime>
}
