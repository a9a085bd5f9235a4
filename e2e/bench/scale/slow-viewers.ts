import { connect, type Socket } from 'node:net'
import { api } from '@skep/shared/paths'

export type SlowViewers = {
  /** Bytes of the snapshot that each of them got. */
  readonly snapshot: number
  leave(): void
}

/** Tabs that read their first snapshot, and then nothing any more; nor do they go away. */
export async function meetSlowViewers(url: string, count: number): Promise<SlowViewers> {
  const sockets: Socket[] = []
  let snapshot = 0
  for (let number = 0; number < count; number += 1) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    sockets.push(socket)
    snapshot = await readOne(socket, url)
  }
  return {
    snapshot,
    leave() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Settles with how long the answer is up to the end of its first event. */
function readOne(socket: Socket, url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let bytes = 0
    let tail = ''
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      bytes += chunk.length
      // The head ends with an empty line as well, but in other characters.
      tail = (tail + chunk.toString('latin1').slice(-4)).slice(-4)
      if (!chunk.includes('\n\n') && !tail.includes('\n\n')) return
      socket.pause()
      socket.removeAllListeners('data')
      resolve(bytes)
    })
    socket.write(`GET ${api.stream()} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`)
  })
}
