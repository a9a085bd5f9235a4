import type { Endpoint } from './endpoint.ts'
import { DockerError } from './errors.ts'
import { openWatch } from './watch.ts'
import type { Change } from './watch-message.ts'
import { defaultWatchSocket } from './watch-socket.ts'

/**
 * Opens swarmkit's push feed wherever it is to be had; null when it is switched off. The
 * socket is looked for each time, since a manager that starts late makes it late.
 * @param setting path of the socket, `off`, or undefined to look beside the Docker socket
 */
export function pushFeed(setting: string | undefined, endpoint: Endpoint) {
  if (setting === 'off') return null
  return async (
    trustRoot: () => Promise<string>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Change>> => {
    const socketPath = setting ?? defaultWatchSocket(endpoint)
    if (!socketPath) throw new DockerError('unreachable', 'there is no control socket here')
    return openWatch({ socketPath, trustRoot: await trustRoot(), signal })
  }
}
