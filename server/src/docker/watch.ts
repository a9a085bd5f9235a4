import { fileURLToPath } from 'node:url'
import { Client, credentials } from '@grpc/grpc-js'
import { loadSync, type ServiceDefinition } from '@grpc/proto-loader'
import { classify, DockerError } from './errors.ts'
import {
  type Change,
  changesOf,
  WATCHED_KINDS,
  type WatchMessage,
} from './watch-message.ts'

export type WatchOptions = {
  /** swarmkit's control socket on a manager. */
  socketPath: string
  /** `TLSInfo.TrustRoot` of `GET /swarm`, PEM. */
  trustRoot: string
  signal: AbortSignal
  /** How long the manager may take to begin. */
  openTimeoutMs?: number
}

const ANY_ACTION = 7

/** The name in every manager's certificate. */
const MANAGER = 'swarm-manager'

/** Room for the changes of one transaction; gRPC's own limit is 4 MiB. */
const LONGEST_MESSAGE = 64 * 1024 * 1024

/**
 * The push feed: every change of a task, service or node, about a millisecond after its
 * commit. Settles once the manager is watching, so a list made after that misses nothing.
 * The feed ends when `signal` aborts, and throws when the manager ends it.
 *
 * @throws DockerError; of kind `tls` when the trust root is not, or no longer, the swarm's.
 * @see moby/swarmkit api/watch.proto, manager/watchapi/watch.go
 */
export async function openWatch(options: WatchOptions): Promise<AsyncIterable<Change>> {
  const { socketPath, trustRoot, signal, openTimeoutMs = 8000 } = options
  const client = connect(socketPath, trustRoot)
  const { path, requestSerialize, responseDeserialize } = watchMethod()
  const entries = WATCHED_KINDS.map((kind) => ({ kind, action: ANY_ACTION }))
  const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {
    entries,
  })
  // A cancelled call reports so when nobody reads it any more.
  call.on('error', () => {})
  const close = () => {
    signal.removeEventListener('abort', close)
    call.cancel()
    client.close()
  }
  signal.addEventListener('abort', close)
  if (signal.aborted) close()

  const messages: AsyncIterator<WatchMessage> = call[Symbol.asyncIterator]()
  let late = false
  const timer = setTimeout(() => {
    late = true
    call.cancel()
  }, openTimeoutMs)
  try {
    const first = await messages.next()
    if (first.done) throw ended()
    return read(messages, signal, close)
  } catch (error) {
    close()
    if (signal.aborted) return nothing()
    throw late ? silent(openTimeoutMs) : classify(error)
  } finally {
    clearTimeout(timer)
  }
}

function connect(socketPath: string, trustRoot: string): Client {
  try {
    return new Client(`unix:${socketPath}`, credentials.createSsl(Buffer.from(trustRoot)), {
      'grpc.ssl_target_name_override': MANAGER,
      'grpc.default_authority': MANAGER,
      'grpc.max_receive_message_length': LONGEST_MESSAGE,
      'grpc.enable_retries': 0,
    })
  } catch (error) {
    throw new DockerError('tls', "The swarm's trust root cannot be used.", null, error)
  }
}

function watchMethod() {
  const file = fileURLToPath(new URL('watch.proto', import.meta.url))
  // The loader's type does not say which names of a file are services; ours has one.
  const { Watch } = loadSync(file, {
    longs: Number,
    enums: String,
  })['docker.swarmkit.v1.Watch'] as ServiceDefinition
  if (!Watch) throw new DockerError('failed', 'watch.proto defines no Watch.')
  return Watch
}

async function* read(
  messages: AsyncIterator<WatchMessage>,
  signal: AbortSignal,
  close: () => void,
): AsyncGenerator<Change> {
  try {
    for (;;) {
      const next = await messages.next()
      if (next.done) break
      yield* changesOf(next.value)
    }
  } catch (error) {
    if (!signal.aborted) throw classify(error)
  } finally {
    close()
  }
  if (!signal.aborted) throw ended()
}

async function* nothing(): AsyncGenerator<Change> {}

function ended(): DockerError {
  return new DockerError('unreachable', 'The manager closed the push feed.')
}

function silent(afterMs: number): DockerError {
  return new DockerError('timeout', `No push feed within ${afterMs / 1000} s.`)
}
