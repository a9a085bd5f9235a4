import type { DockerApi, TaskFilter } from '../docker/api.ts'
import type {
  EngineEvent,
  EngineNode,
  EngineService,
  EngineServiceSpec,
  EngineStored,
  EngineTask,
  EngineVolumes,
  SimulatedTime,
} from '../docker/engine.ts'
import { DockerError, type DockerErrorKind } from '../docker/errors.ts'
import type { Change } from '../docker/watch-message.ts'

export type TestEngine = ReturnType<typeof anEngine>

/**
 * An engine for tests of the mirror: it answers from what a test puts into it, tells of
 * changes only when asked to, counts the calls, and can be broken.
 */
export function anEngine() {
  const services = new Map<string, EngineService>()
  const tasks = new Map<string, EngineTask>()
  const nodes = new Map<string, EngineNode>()
  const stored = {
    secret: new Map<string, EngineStored>(),
    config: new Map<string, EngineStored>(),
  }
  const outdated = new Set<string>()
  let volumes: EngineVolumes = { Volumes: [], Warnings: [] }
  const calls: string[] = []
  const events = aStream<EngineEvent>()
  const changes = aStream<Change>()
  let broken: DockerErrorKind | null = null
  let held = Promise.resolve()
  let version = 100
  let time: SimulatedTime | null = null
  const told = () => {
    if (!time) throw new DockerError('not-found', 'page not found', 404)
    return time
  }

  const answer = async <T>(call: string, value: () => T): Promise<T> => {
    calls.push(call)
    if (broken) throw new DockerError(broken, `the engine is ${broken}`)
    return value()
  }
  const matches = (task: EngineTask, filter: TaskFilter) =>
    (!filter.ids || filter.ids.includes(task.ID)) &&
    (!filter.services || filter.services.includes(task.ServiceID ?? '')) &&
    (!filter.upToDate || !outdated.has(task.ID))

  const api: DockerApi = {
    endpoint: 'unix:///test.sock',
    version: () => answer('version', () => ({ Version: '28.5.2', ApiVersion: '1.51' })),
    info: () =>
      answer('info', () => ({
        Name: 'm1',
        ServerVersion: '28.5.2',
        Labels: time ? ['skep.simulated=true'] : [],
        Swarm: {
          NodeID: 'm1',
          LocalNodeState: 'active',
          ControlAvailable: true,
          Error: '',
        },
      })),
    swarm: () => answer('swarm', () => ({ ID: 'swarm', CreatedAt: at, Spec: {} })),
    nodes: () => answer('nodes', () => [...nodes.values()]),
    services: (ids) =>
      answer('services', () =>
        [...services.values()].filter(({ ID }) => ids?.includes(ID) ?? true),
      ),
    tasks: async (filter = {}) => {
      const found = answer(filter.upToDate ? 'tasks up-to-date' : 'tasks', () => {
        const unknown = filter.services?.find((id) => !services.has(id))
        if (unknown) throw new DockerError('not-found', `service ${unknown} not found`, 404)
        return [...tasks.values()].filter((task) => matches(task, filter))
      })
      return found
    },
    allTasks: async (find, { upToDate } = {}) => {
      const listed = api.tasks(upToDate ? { upToDate } : {})
      await held
      const isKnown = ({ ID, Version }: EngineTask) => find(ID)?.version === Version.Index
      const { known = [], others = [] } = Object.groupBy(await listed, (task) =>
        isKnown(task) ? 'known' : 'others',
      )
      return { known: known.flatMap(({ ID }) => find(ID) ?? []), others }
    },
    networks: () => answer('networks', () => []),
    events: (signal) => answer('events', () => events.open(signal)),
    serviceLogs: () => {
      throw new Error('not part of these tests')
    },
    secrets: () => answer('secrets', () => [...stored.secret.values()]),
    configs: () => answer('configs', () => [...stored.config.values()]),
    config: (id) =>
      answer('config', () => {
        const held = stored.config.get(id)
        if (!held) throw new DockerError('not-found', `config ${id} not found`, 404)
        return held
      }),
    volumes: () => answer('volumes', () => volumes),
    distribution: () => Promise.reject(new Error('not part of these tests')),
    removeService: (id) => answer('remove', () => void services.delete(id)),
    updateService: (id, at, spec, { rollback } = { rollback: false }) =>
      answer('update', () => {
        const held = services.get(id)
        if (!held) throw new DockerError('not-found', `service ${id} not found`, 404)
        if (held.Version.Index !== at) {
          throw new DockerError('out-of-sequence', 'update out of sequence', 500)
        }
        const Spec = rollback ? (held.PreviousSpec ?? spec) : spec
        const Version = { Index: version++ }
        services.set(id, { ...held, Spec, PreviousSpec: held.Spec, Version })
      }),
    updateNode: (id, at, spec) =>
      answer('update node', () => {
        const held = nodes.get(id)
        if (!held) throw new DockerError('not-found', `node ${id} not found`, 404)
        if (held.Version.Index !== at) {
          throw new DockerError('out-of-sequence', 'update out of sequence', 500)
        }
        nodes.set(id, { ...held, Spec: spec, Version: { Index: version++ } })
      }),
    removeNode: (id) => answer('remove node', () => void nodes.delete(id)),
    createSecret: (name, _value, labels) =>
      answer('create secret', () => putStored('secret', name, labels)),
    createConfig: (name, _value, labels) =>
      answer('create config', () => putStored('config', name, labels)),
    removeSecret: (id) => answer('remove secret', () => void stored.secret.delete(id)),
    removeConfig: (id) => answer('remove config', () => void stored.config.delete(id)),
    simulatedTime: () => answer('simulated time', told),
    setSimulatedSpeed: (speed) => {
      if (time) time = { ...time, speed }
      return answer('set speed', told)
    },
  }

  function putStored(
    kind: 'secret' | 'config',
    name: string,
    labels: Record<string, string> = {},
  ): string {
    const Spec = { Name: name, Labels: labels }
    stored[kind].set(name, { ID: name, ...meta, Version: { Index: version++ }, Spec })
    return name
  }

  return {
    api,
    /** Its id is its name. */
    putStored,
    openWatch: (_root: () => Promise<string>, signal: AbortSignal) =>
      answer('watch', () => changes.open(signal)),
    calls,
    /** Breaks every call and ends both streams; null mends. */
    break(kind: DockerErrorKind | null) {
      broken = kind
      if (kind)
        for (const stream of [events, changes]) stream.end(new DockerError(kind, 'gone'))
    },
    tell: { event: events.push, change: changes.push },
    endPush: () => changes.end(new DockerError('unreachable', 'the push feed ended')),
    putNode(id: string, fields: Partial<EngineNode> = {}) {
      nodes.set(id, { ...aNode(id), Version: { Index: version++ }, ...fields })
    },
    putService(id: string, replicas: number, fields: Partial<EngineService> = {}) {
      const held = services.get(id)
      const service = { ...aService(id, replicas), Version: { Index: version++ } }
      services.set(id, { ...held, ...service, ...fields })
    },
    putTask(
      id: string,
      serviceId: string,
      state: string,
      fields: Partial<EngineTask> = {},
    ) {
      tasks.set(id, {
        ...aTask(id, serviceId, state),
        Version: { Index: version++ },
        ...fields,
      })
      const running = [...tasks.values()].filter(
        (task) => task.ServiceID === serviceId && task.Status.State === 'running',
      )
      const service = services.get(serviceId)
      if (service) service.ServiceStatus = { RunningTasks: running.length }
    },
    /** It says from now on that it is a simulator, whose time is this. */
    simulate: (now: SimulatedTime) => {
      time = now
    },
    setVolumes: (answer: EngineVolumes) => {
      volumes = answer
    },
    dropTask: (id: string) => tasks.delete(id),
    dropService: (id: string) => services.delete(id),
    setOutdated: (id: string) => outdated.add(id),
    setCurrent: (id: string) => outdated.delete(id),
    /** Lists of all tasks, as they are when asked for, come only when that is settled. */
    holdLists: () => {
      const gate = Promise.withResolvers<void>()
      held = gate.promise
      return gate
    },
  }
}

const at = '2026-11-01T14:00:00Z'
const meta = { CreatedAt: at, UpdatedAt: at }

const aNode = (id: string): EngineNode => ({
  ID: id,
  ...meta,
  Version: { Index: 0 },
  Spec: { Role: 'manager', Availability: 'active' },
  Description: { Hostname: id },
  Status: { State: 'ready' },
  ManagerStatus: { Leader: id === 'm1', Reachability: 'reachable', Addr: '10.0.0.1:2377' },
})

const aService = (id: string, replicas: number): EngineService => ({
  ID: id,
  ...meta,
  Version: { Index: 0 },
  Spec: {
    Name: id,
    TaskTemplate: { ContainerSpec: { Image: 'demo/web:v1', Env: ['TOKEN=s3cret'] } },
    Mode: { Replicated: { Replicas: replicas } },
  },
})

const aTask = (id: string, serviceId: string, state: string): EngineTask => ({
  ID: id,
  ...meta,
  Version: { Index: 0 },
  Spec: { ContainerSpec: { Image: 'demo/web:v1' } },
  ServiceID: serviceId,
  Slot: 1,
  NodeID: 'm1',
  Status: { Timestamp: at, State: state },
  DesiredState: 'running',
})

/** A stream that a test writes to; each opening reads what comes after it. */
function aStream<T>() {
  const readers = new Set<{ push(item: T): void; end(error: Error): void }>()
  return {
    push: (item: T) => readers.forEach((reader) => void reader.push(item)),
    end: (error: Error) => readers.forEach((reader) => void reader.end(error)),
    async *open(signal: AbortSignal): AsyncGenerator<T> {
      const queue: T[] = []
      let failed: Error | null = null
      let wake = Promise.withResolvers<void>()
      const reader = {
        push: (item: T) => {
          queue.push(item)
          wake.resolve()
        },
        end: (error: Error) => {
          failed = error
          wake.resolve()
        },
      }
      readers.add(reader)
      signal.addEventListener('abort', () => reader.end(new Error('aborted')))
      try {
        for (;;) {
          yield* queue.splice(0)
          if (failed) throw failed
          await wake.promise
          wake = Promise.withResolvers<void>()
        }
      } finally {
        readers.delete(reader)
      }
    },
  }
}

/** The spec of a service of one replica that is handed one secret, at a file of that name. */
export const specWithSecret = (
  name: string,
  secret: string,
  file: string,
): EngineServiceSpec => ({
  Name: name,
  TaskTemplate: {
    ContainerSpec: {
      Image: 'demo/web:v1',
      Secrets: [{ SecretID: secret, SecretName: secret, File: { Name: file } }],
    },
  },
  Mode: { Replicated: { Replicas: 1 } },
})
