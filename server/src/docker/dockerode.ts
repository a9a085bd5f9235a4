import {
  configOf,
  configsOf,
  distributionOf,
  eventOf,
  idOf,
  infoOf,
  listOf,
  secretsOf,
  simulatedTimeOf,
  swarmOf,
  versionOf,
  volumesOf,
} from './answers.ts'
import type { DockerApi, TaskFilter } from './api.ts'
import { openConnection } from './connection.ts'
import type { Endpoint } from './endpoint.ts'
import type {
  EngineEvent,
  EngineNetwork,
  EngineNode,
  EngineService,
  EngineServiceSpec,
  EngineTask,
} from './engine.ts'
import { classify } from './errors.ts'
import { jsonObjects } from './events.ts'
import { createListReader } from './json-list.ts'
import { logFrames } from './log-frames.ts'
import { type Payload, withoutPayload } from './quoted-payload.ts'

type Options = {
  /** Limits a call's silence, in milliseconds, and for streams the wait until they begin. */
  callTimeoutMs?: number
  /** Hides what looks like a credential in the engine's words about a write. */
  masked?: (text: string) => string
}

/**
 * The engine at `endpoint`, over dockerode. Nothing is sent before the first call, and
 * idle sockets do not keep the process alive. No error repeats what a write has sent.
 */
export function connectDocker(
  endpoint: Endpoint,
  { callTimeoutMs = 8000, masked = (text) => text }: Options = {},
): DockerApi {
  const { get, post, list, remove: send, open } = openConnection(endpoint, callTimeoutMs)

  /** Every write goes through here: an engine's words about it may quote what it was sent. */
  async function written<T>(call: Promise<T>, payload: Payload = {}): Promise<T> {
    try {
      return await call
    } catch (error) {
      throw withoutPayload(classify(error), payload, masked)
    }
  }
  const remove = (path: string) => written(send(path))
  const create = async (
    path: string,
    name: string,
    value: Uint8Array,
    labels: Record<string, string>,
  ) => {
    const Data = Buffer.from(value).toString('base64')
    const call = post(path, {}, { Name: name, Labels: labels, Data })
    return idOf(await written(call, { bytes: value }))
  }

  return {
    endpoint: endpoint.label,

    version: async () => versionOf(await get('/version')),
    info: async () => infoOf(await get('/info')),
    swarm: async () => swarmOf(await get('/swarm')),

    async nodes() {
      const shape = { Spec: 'object', Description: 'object', Status: 'object' } as const
      return listOf<EngineNode>(await get('/nodes'), 'nodes', { ...OBJECT, ...shape })
    },

    async services(ids) {
      if (ids?.length === 0) return []
      const filters = ids && { id: ids }
      const answer = await get('/services', { status: true, ...(filters && { filters }) })
      return listOf<EngineService>(answer, 'services', { ...OBJECT, Spec: 'object' })
    },

    async tasks(filter = {}) {
      if (filter.ids?.length === 0 || filter.services?.length === 0) return []
      const answer = await get('/tasks', { filters: taskFilters(filter) })
      return listOf<EngineTask>(answer, 'tasks', TASK)
    },

    async allTasks(find, filter = {}) {
      const query = { filters: taskFilters(filter) }
      const { known, others } = await list('/tasks', query, () => createListReader(find))
      return { known, others: listOf<EngineTask>(others, 'tasks', TASK) }
    },

    async networks() {
      const answer = await get('/networks', { filters: { scope: ['swarm'] } })
      return listOf<EngineNetwork>(answer, 'networks', { Id: 'string', Name: 'string' })
    },

    async events(signal) {
      const limits = { signal, ends: 'never' } as const
      const { bytes } = await open('/events', { filters: { scope: ['swarm'] } }, limits)
      return swarmEvents(bytes)
    },

    async *serviceLogs({ ID, Spec }, { follow, tail, signal }) {
      const path = `/services/${encodeURIComponent(ID)}/logs`
      const parts = { stdout: true, stderr: true, timestamps: true, details: true }
      const ends = follow ? 'never' : 'when-complete'
      const log = await open(path, { ...parts, follow, tail }, { signal, ends })
      // Engines before 23 name no type; there the spec must tell.
      const tty = log.contentType
        ? log.contentType.endsWith('.raw-stream')
        : Spec.TaskTemplate.ContainerSpec?.TTY === true
      yield* logFrames(log.bytes, tty)
    },

    secrets: async () => secretsOf(await get('/secrets')),
    configs: async () => configsOf(await get('/configs')),
    config: async (id) => configOf(await get(`/configs/${encodeURIComponent(id)}`)),
    volumes: async () => volumesOf(await get('/volumes')),

    async distribution(reference) {
      // The path takes the reference as it is, slashes and all.
      const name = reference.split('/').map(encodeURIComponent).join('/')
      return distributionOf(await get(`/distribution/${name}/json`))
    },

    async updateService(id, version, spec, { rollback } = { rollback: false }) {
      const path = `/services/${encodeURIComponent(id)}/update`
      const query = { version, registryAuthFrom: rollback ? 'previous-spec' : 'spec' }
      const asked = { ...query, ...(rollback && { rollback: 'previous' }) }
      await written(post(path, asked, spec), { environment: environmentOf(spec) })
    },

    removeService: (id) => remove(`/services/${encodeURIComponent(id)}`),

    async updateNode(id, version, spec) {
      await written(post(`/nodes/${encodeURIComponent(id)}/update`, { version }, spec))
    },

    removeNode: (id, { force }) =>
      remove(`/nodes/${encodeURIComponent(id)}${force ? '?force=true' : ''}`),

    createSecret: (...told) => create('/secrets/create', ...told),
    createConfig: (...told) => create('/configs/create', ...told),
    removeSecret: (id) => remove(`/secrets/${encodeURIComponent(id)}`),
    removeConfig: (id) => remove(`/configs/${encodeURIComponent(id)}`),

    simulatedTime: async () => simulatedTimeOf(await get('/simulator/clock')),
    setSimulatedSpeed: async (speed) =>
      simulatedTimeOf(await post('/simulator/clock', {}, { speed })),
  }
}

/** What every object of the swarm has, networks apart. */
const OBJECT = { ID: 'string', Version: 'object' } as const

const TASK = {
  ...OBJECT,
  Spec: 'object',
  Status: 'object',
  DesiredState: 'string',
} as const

/** `_up-to-date` is what `docker service update` waits on. Its value is not looked at. */
function taskFilters({ ids, services, upToDate }: TaskFilter): Record<string, unknown> {
  return {
    ...(ids && { id: ids }),
    ...(services && { service: services }),
    ...(upToDate && { '_up-to-date': ['true'] }),
  }
}

const environmentOf = ({ TaskTemplate }: EngineServiceSpec): readonly string[] =>
  TaskTemplate.ContainerSpec?.Env ?? []

async function* swarmEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<EngineEvent> {
  for await (const object of jsonObjects(bytes)) {
    const event = eventOf(object)
    if (event) yield event
  }
}
