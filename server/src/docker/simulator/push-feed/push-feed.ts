import { fileURLToPath } from 'node:url'
import {
  Server,
  ServerCredentials,
  type ServerWritableStream,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import type { Identity } from '../certificate.ts'
import type { Change } from '../store/feed.ts'
import type { Task } from '../store/objects.ts'
import type { Port } from '../store/specs.ts'
import type { Swarm } from '../swarm.ts'

/** Messages that a reader may leave unread; changes that a machine without its cable has held. */
const MOST_UNREAD = 10_000

type Request = { entries?: { kind?: string; action?: number }[] }

const ACTIONS = { create: 1, update: 2, remove: 4 } as const

/**
 * swarmkit's Watch on a unix socket of one manager, with TLS as a manager has it: the tasks that
 * changed, and ids of such services and nodes, in one message for each transaction. A manager
 * without its cable tells when it is back, since it hears of nothing meanwhile.
 * @see moby/swarmkit manager/watchapi/watch.go
 */
export async function servePushFeed(
  swarm: Swarm,
  { certificate, key }: Identity,
  { socket, nodeId }: { socket: string; nodeId: string },
): Promise<{ host: string; close(): Promise<void> }> {
  const server = new Server()
  const machine = swarm.machine(nodeId)
  const { managers } = swarm
  const calls = new Set<ServerWritableStream<Request, object>>()
  const serves = () =>
    machine.hasPower && managers.isManager(nodeId) && !managers.isLocked(nodeId)
  server.addService(watchService(), {
    Watch(call: ServerWritableStream<Request, object>) {
      if (!serves()) {
        call.emit('error', { code: status.UNAVAILABLE, details: 'not a manager that runs' })
        return
      }
      calls.add(call)
      const stop = watch(swarm, call, { serves, hears: () => machine.isLinked })
      const leave = () => {
        stop()
        calls.delete(call)
      }
      call.on('cancelled', leave)
      call.on('error', leave)
      call.on('close', leave)
    },
  })
  const keys = [{ cert_chain: Buffer.from(certificate), private_key: Buffer.from(key) }]
  const endCalls = () => {
    for (const call of calls) call.end()
  }
  const stopMinding = machine.whenPowerFails(endCalls)
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createSsl(null, keys), (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
  return {
    host: `unix://${socket}`,
    async close() {
      stopMinding()
      endCalls()
      server.forceShutdown()
    },
  }
}

function watchService(): ServiceDefinition {
  const file = fileURLToPath(new URL('../../watch.proto', import.meta.url))
  // The loader's type does not say which names of a file are services.
  return loadSync(file)['docker.swarmkit.v1.Watch'] as ServiceDefinition
}

function watch(
  swarm: Swarm,
  call: ServerWritableStream<Request, object>,
  { serves, hears }: { serves: () => boolean; hears: () => boolean },
): () => void {
  const entries = call.request.entries ?? []
  let events: object[] = []
  // Established: what is listed from now on misses nothing.
  call.write({})
  return swarm.store.listen({
    change: (change) => {
      const event = eventOf(change)
      const wanted = entries.some(
        ({ kind, action = 0 }) =>
          kind === change.kind && (action & ACTIONS[change.action]) !== 0,
      )
      if (event && wanted) events.push(event)
    },
    committed: () => {
      const isHeld = !hears()
      const unread = Math.max(call.writableLength, isHeld ? events.length : 0)
      if (!serves()) {
        call.end()
      } else if (unread > MOST_UNREAD) {
        const details = 'too much is unread'
        call.emit('error', { code: status.RESOURCE_EXHAUSTED, details })
      } else {
        if (isHeld) return
        if (events.length > 0) call.write({ events })
      }
      events = []
    },
  })
}

function eventOf({ kind, action, object }: Change): object | null {
  const { ID: id } = object
  const told = { action: ACTIONS[action] }
  switch (kind) {
    case 'task':
      return { ...told, object: { task: taskOf(object) } }
    case 'service':
      return { ...told, object: { service: { id } } }
    case 'node':
      return { ...told, object: { node: { id } } }
    default:
      return null
  }
}

/** As much of a task as `watch.proto` has fields for. */
function taskOf(task: Task): object {
  const { Timestamp, State, Message, Err, ContainerStatus, PortStatus } = task.Status
  return {
    id: task.ID,
    meta: {
      version: { index: task.Version.Index },
      createdAt: instantOf(task.CreatedAt),
      updatedAt: instantOf(task.UpdatedAt),
    },
    serviceId: task.ServiceID,
    slot: task.Slot,
    nodeId: task.NodeID,
    desiredState: task.DesiredState.toUpperCase(),
    status: {
      timestamp: instantOf(Timestamp),
      state: State.toUpperCase(),
      message: Message,
      err: Err,
      container: ContainerStatus && {
        containerId: ContainerStatus.ContainerID,
        exitCode: ContainerStatus.ExitCode,
      },
      portStatus: { ports: (PortStatus.Ports ?? []).map(portOf) },
    },
    specVersion: { index: task.hidden.specVersion },
    jobIteration: task.JobIteration && { index: task.JobIteration.Index },
  }
}

const portOf = ({ Protocol = 'tcp', TargetPort, PublishedPort, PublishMode }: Port) => ({
  protocol: Protocol.toUpperCase(),
  targetPort: TargetPort,
  publishedPort: PublishedPort,
  publishMode: PublishMode === 'host' ? 'HOST' : 'INGRESS',
})

function instantOf(text: string): object {
  const at = Date.parse(text)
  const seconds = Math.floor(at / 1_000)
  return { seconds, nanos: (at - seconds * 1_000) * 1e6 }
}
