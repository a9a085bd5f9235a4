import type { ServerResponse } from 'node:http'
import type { LogLine, LogState } from '@skep/shared/contract/log-line'
import type { DockerApi } from '../docker/api.ts'
import { classify } from '../docker/errors.ts'
import type { LogFrame } from '../docker/log-frames.ts'
import { parseLogLine } from '../docker/log-line.ts'
import { nodeNames } from '../domain/names.ts'
import type { ClusterState } from '../domain/state.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { frame } from './sse.ts'

/** Lines gathered into one event, and for how long, in milliseconds. */
const batchLines = 500
const batchTime = 50

/** Proxies close streams that say nothing. */
const heartbeat = 15_000

/**
 * Sends one service's logs to one reader until it leaves or the log ends: `line` events
 * carry a batch of lines, `state` events say how the stream stands. The engine hides, of a
 * followed log, the nodes it could not reach; those are named from what the mirror knows.
 * @param tail lines from the end of each task's log
 */
export async function serveLogs(
  mirror: Mirror,
  serviceId: string,
  options: { tail: number; follow: boolean },
  response: ServerResponse,
): Promise<void> {
  const leaving = new AbortController()
  const beat = setInterval(() => response.write(': beat\n\n'), heartbeat)
  response.on('close', () => leaving.abort())
  // Who left before that is not told of again.
  if (response.destroyed) leaving.abort()

  const incomplete = new Set(unreachable(mirror.state(), serviceId))
  const say = (state: LogState['state']) =>
    response.write(frame('state', { state, incomplete: [...incomplete] }))
  const forget = mirror.onChange(() => {
    // The engine goes on following a service that was removed.
    if (!mirror.state().services.has(serviceId)) leaving.abort()
    const known = incomplete.size
    for (const reason of unreachable(mirror.state(), serviceId)) incomplete.add(reason)
    if (incomplete.size > known) say('following')
  })
  try {
    say('following')
    const frames = followed(mirror.api(), serviceId, { ...options, signal: leaving.signal })
    for await (const batch of batches(frames)) {
      const complaints = batch.filter(({ stream }) => stream === 'swarm')
      for (const { payload } of complaints) incomplete.add(payload.trim())
      if (complaints.length > 0) say('following')
      const lines = batch.map((each) => toLine(each, mirror.state(), serviceId))
      if (!response.write(frame('line', lines))) await drained(response, leaving.signal)
    }
    say('ended')
  } catch (error) {
    if (leaving.signal.aborted) say('ended')
    else {
      incomplete.add(classify(error).message)
      say('failed')
    }
  } finally {
    clearInterval(beat)
    forget()
    response.end()
  }
}

async function* followed(
  api: DockerApi,
  serviceId: string,
  options: { tail: number; follow: boolean; signal: AbortSignal },
) {
  const [service] = await api.services([serviceId])
  if (service) yield* api.serviceLogs(service, options)
}

/** Nodes of this service's tasks from which no line can come now, a sentence each. */
function unreachable(state: ClusterState, serviceId: string): string[] {
  const names = nodeNames(state.nodes)
  const nodes = new Set<string>()
  for (const { nodeId } of state.tasksByService.get(serviceId)?.values() ?? []) {
    if (nodeId && state.nodes.get(nodeId)?.state !== 'ready') nodes.add(nodeId)
  }
  return [...nodes].map((id) => `node ${names.get(id) ?? id} is not in contact`)
}

function toLine(
  { stream, payload }: LogFrame,
  state: ClusterState,
  serviceId: string,
): LogLine {
  const { at, nodeId, taskId, text } = parseLogLine(payload)
  const task = taskId ? state.tasksByService.get(serviceId)?.get(taskId) : undefined
  const node = nodeId ? (nodeNames(state.nodes).get(nodeId) ?? nodeId) : null
  const slot = task ? (task.slot?.toString() ?? node) : null
  return { at, stream, task: taskId, slot, node, text }
}

/** Frames in batches: a full one at once, a smaller one when its time is up. */
async function* batches(frames: AsyncIterable<LogFrame>): AsyncGenerator<LogFrame[]> {
  const iterator = frames[Symbol.asyncIterator]()
  let batch: LogFrame[] = []
  let deadline = Promise.withResolvers<'time'>()
  let next = iterator.next()
  for (;;) {
    const first = await Promise.race([next, deadline.promise])
    if (first !== 'time') {
      if (first.done) break
      if (batch.length === 0) setTimeout(deadline.resolve, batchTime, 'time')
      batch.push(first.value)
      next = iterator.next()
      if (batch.length < batchLines) continue
    }
    if (batch.length > 0) yield batch
    batch = []
    deadline = Promise.withResolvers<'time'>()
  }
  if (batch.length > 0) yield batch
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    response.on('drain', done)
    signal.addEventListener('abort', done)
  })
}
