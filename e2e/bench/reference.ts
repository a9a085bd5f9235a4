import { join } from 'node:path'
import { Client, credentials } from '@grpc/grpc-js'
import { loadSync, type ServiceDefinition } from '@grpc/proto-loader'
import { TaskState } from '@skep/shared/contract/task-state'
import { type Lab, until } from '../lab/lab.ts'

/** A task that reached another state, and when the engine told us so. */
export type TaskChange = {
  task: string
  serviceId: string
  /** Of its service; 0 where that is global. */
  slot: number
  state: TaskState
  /** By this machine's clock, in milliseconds since 1970. */
  at: number
  /** How long ago it was by the stamp that the engine itself put on it, in milliseconds. */
  lag: number
}

/**
 * The clock that everything is measured against: a subscription of our own to the swarm's
 * push feed, which the console's has no part in. It hears of a change about a millisecond
 * after the engine has committed it.
 */
export type Reference = {
  /** Every change so far, oldest first. */
  readonly changes: readonly TaskChange[]
  /** How many times it heard of a task, be it in another state or not. */
  readonly messages: number
  /** Waits until no task has changed for this long. */
  quiet(milliseconds: number): Promise<void>
  close(): void
}

type Task = {
  id: string
  serviceId: string
  slot: number
  meta: { updatedAt: { seconds: number; nanos: number } | null } | null
  status: { state: string } | null
}
type WatchMessage = { events: { action: number; object: { task: Task | null } | null }[] }

const REMOVED = 4
const EVERY_ACTION = 7
const MANAGER = 'swarm-manager'

export async function openReference(lab: Lab, manager: string): Promise<Reference> {
  const swarm = await lab.api(manager, 'GET', '/swarm')
  const { TLSInfo } = swarm as { TLSInfo: { TrustRoot: string } } // what the Engine API says
  const client = new Client(
    `unix:${lab.controlSocket(manager)}`,
    credentials.createSsl(Buffer.from(TLSInfo.TrustRoot)),
    { 'grpc.ssl_target_name_override': MANAGER, 'grpc.default_authority': MANAGER },
  )
  const { path, requestSerialize, responseDeserialize } = watchMethod()
  const request = { entries: [{ kind: 'task', action: EVERY_ACTION }] }
  const call = client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    request,
  )

  const changes: TaskChange[] = []
  const known = new Map<string, TaskState>()
  let movedAt = Date.now()
  let messages = 0
  let established = false
  let failure: Error | null = null
  call.on('data', (message: WatchMessage) => {
    established = true
    const at = Date.now()
    for (const { action, object } of message.events) {
      if (!object?.task) continue
      movedAt = at
      messages += 1
      const { id, serviceId, slot, status, meta } = object.task
      if (action === REMOVED) continue
      const state = TaskState.parse(status?.state.toLowerCase())
      if (known.get(id) === state) continue
      known.set(id, state)
      const stamp = meta?.updatedAt
      const lag = stamp ? at - (stamp.seconds * 1000 + stamp.nanos / 1e6) : 0
      changes.push({ task: id, serviceId, slot, state, at, lag })
    }
  })
  call.on('error', (error: Error) => {
    failure = error
  })
  const alive = () => {
    if (failure) throw new Error(`the reference was lost: ${failure.message}`)
    return true
  }
  const patience = { what: 'the reference feed', timeout: 10_000, interval: 10 }
  await until(() => alive() && established, patience)

  return {
    changes,
    get messages() {
      return messages
    },
    async quiet(milliseconds) {
      const since = Date.now()
      await until(() => alive() && Date.now() - Math.max(movedAt, since) >= milliseconds, {
        what: 'tasks at rest',
        timeout: 120_000,
      })
    },
    close() {
      call.cancel()
      client.close()
    },
  }
}

function watchMethod() {
  const options = { longs: Number, enums: String, defaults: true }
  const loaded = loadSync(join(import.meta.dirname, 'task-watch.proto'), options)
  // The loader's type does not say which names of a file are services; ours has one.
  const { Watch } = loaded['docker.swarmkit.v1.Watch'] as ServiceDefinition
  if (!Watch) throw new Error('task-watch.proto defines no Watch')
  return Watch
}
