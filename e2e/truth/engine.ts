import { Agent, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'

/** A task as the engine tells it, as far as the outcome of an action is read from it. */
export type Task = {
  ID: string
  ServiceID: string
  /** Absent in tasks of global services. */
  Slot?: number
  NodeID?: string
  CreatedAt: string
  DesiredState: string
  Status: {
    State: string
    Timestamp: string
    Message?: string
    Err?: string
    ContainerStatus?: { ContainerID?: string; PID?: number; ExitCode?: number }
  }
}

export type NodeSpec = {
  Name?: string
  Labels?: Record<string, string>
  Role: string
  Availability: string
}

export type Node = {
  ID: string
  Version: { Index: number }
  Spec: NodeSpec
  Description: { Hostname: string; Resources: { NanoCPUs: number; MemoryBytes: number } }
  Status: { State: string }
}

export type Service = {
  ID: string
  Version: { Index: number }
  Spec: Record<string, unknown> & {
    Name: string
    Mode: { ReplicatedJob?: object; GlobalJob?: object }
    TaskTemplate: object
  }
  UpdateStatus?: { State: string }
}

/** One node's Docker API over its socket, past the console that is judged. */
export class Engine {
  readonly #socket: string
  // A connection for each call: one that is kept may be closed as it is taken up again.
  readonly #agent = new Agent({ keepAlive: false, maxSockets: 4 })

  constructor(socket: string) {
    this.#socket = socket
  }

  tasks = async () => (await this.ask('GET', '/tasks')) as Task[]
  nodes = async () => (await this.ask('GET', '/nodes')) as Node[]
  services = async () => (await this.ask('GET', '/services')) as Service[]

  /** Reads a node's spec and writes it changed, again if another write came between. */
  async changeNode(hostname: string, change: (spec: NodeSpec) => NodeSpec): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const node = (await this.nodes()).find((n) => n.Description.Hostname === hostname)
      if (!node) throw new Error(`there is no node ${hostname}`)
      const path = `/nodes/${node.ID}/update?version=${node.Version.Index}`
      try {
        await this.ask('POST', path, change(node.Spec))
        return
      } catch (error) {
        const isStale = String(error).includes('out of sequence')
        if (attempt >= 10 || !(isStale || isLeaderless(error))) throw error
      }
    }
  }

  /**
   * Asks again, for a while, what may be asked twice when the managers are between leaders.
   * @throws Refused with the engine's words on a status of 400 and more
   */
  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#askOnce(method, path, body)
      } catch (error) {
        // The first answer was lost, and it had been done.
        const isDone = method === 'DELETE' && attempt > 1 && statusOf(error) === 404
        if (isDone) return null
        const again = method !== 'POST' && isLeaderless(error)
        if (!again || attempt >= 30) throw error
        await setTimeout(1000)
      }
    }
  }

  #askOnce(method: string, path: string, body?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const call = request(
        {
          socketPath: this.#socket,
          agent: this.#agent,
          method,
          path,
          headers: body === undefined ? {} : { 'content-type': 'application/json' },
          timeout: 30_000,
        },
        (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('error', reject)
          answer.on('end', () => {
            const text = Buffer.concat(parts).toString()
            if ((answer.statusCode ?? 500) < 400) {
              resolve(text === '' ? null : JSON.parse(text))
            } else {
              const said = `${method} ${path}: ${answer.statusCode} ${text.trim()}`
              reject(new Refused(said, answer.statusCode ?? 500))
            }
          })
        },
      )
      call.on('error', reject)
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer`)))
      call.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }

  close() {
    this.#agent.destroy()
  }
}

/** The engine's no. */
class Refused extends Error {
  readonly status: number

  constructor(said: string, status: number) {
    super(said)
    this.status = status
  }
}

const statusOf = (error: unknown): number | null =>
  error instanceof Refused ? error.status : null

/**
 * Between two leaders a manager answers 503, or 500 with the code of its call to the old one:
 * that it was out of reach, or has said nothing for 20 s.
 */
const isLeaderless = (error: unknown): boolean =>
  statusOf(error) === 503 ||
  (statusOf(error) === 500 && /Unavailable|DeadlineExceeded|leader/.test(`${error}`))

const ended = ['complete', 'shutdown', 'failed', 'rejected', 'remove', 'orphaned']

/** Whether it can run no more. */
export const hasEnded = ({ Status }: Task): boolean => ended.includes(Status.State)

/** True once no task is such a one. @throws an error that tells of those that are */
export async function noneOf(
  engine: Engine,
  isSuch: (task: Task) => boolean,
): Promise<true> {
  const [tasks, nodes] = await Promise.all([engine.tasks(), engine.nodes()])
  const words = tasks.filter(isSuch).map(({ ID, NodeID, DesiredState, Status }) => {
    const node = nodes.find((one) => one.ID === NodeID)
    const where = node ? `on ${node.Description.Hostname}, ${node.Status.State}` : ''
    return [ID, DesiredState, Status.State, Status.Err, where].filter(Boolean).join(' ')
  })
  if (words.length === 0) return true
  throw new Error(words.join('; '))
}

/** Whether the swarm wants it to run, or to run to its end. */
export const isLive = (task: Task): boolean =>
  !hasEnded(task) && !['shutdown', 'remove'].includes(task.DesiredState)

export const isRunning = (task: Task): boolean =>
  isLive(task) && task.Status.State === 'running' && task.DesiredState !== 'ready'

/** Whether it waits for a node, and the swarm has said why. */
export const isWaiting = (task: Task): boolean =>
  isLive(task) && task.Status.State === 'pending' && (task.Status.Err ?? '') !== ''
