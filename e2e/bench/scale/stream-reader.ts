import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import type { Cluster } from '@skep/shared/contract/cluster'
import { api } from '@skep/shared/paths'

/** What a tab got over its stream, as a browser would get it. */
export type StreamReader = {
  /** Bytes of each kind of frame so far, and how many there were. */
  readonly got: Readonly<Record<Kind, { frames: number; bytes: number }>>
  /** Bytes of each patch, in order. */
  readonly patches: readonly number[]
  /** When the console last read every task, in milliseconds since 1970; as the last beat says. */
  readonly sweptAt: number | null
  leave(): void
}

const kinds = ['snapshot', 'patch', 'beat'] as const
type Kind = (typeof kinds)[number]

/** Opens the stream and settles once the first snapshot is here whole. */
export function readStream(url: string): Promise<StreamReader> {
  return new Promise((resolve, reject) => {
    const got = {
      snapshot: { frames: 0, bytes: 0 },
      patch: { frames: 0, bytes: 0 },
      beat: { frames: 0, bytes: 0 },
    }
    const patches: number[] = []
    const request = open(url, (answer) => {
      let rest = Buffer.alloc(0)
      let parts: Buffer[] = []
      const reader = {
        got,
        patches,
        sweptAt: null as number | null, // as no beat has come yet
        leave: () => request.destroy(),
      }
      answer.on('data', (chunk: Buffer) => {
        parts.push(chunk)
        // Frames end with an empty line: what holds none is put together later.
        if (!chunk.includes('\n\n') && chunk.at(-1) !== 10) return
        rest = Buffer.concat([rest, ...parts])
        parts = []
        for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
          const kind = kindOf(rest.subarray(0, Math.min(end, 200)))
          const bytes = end + 2
          if (kind === 'beat') reader.sweptAt = sweepIn(rest.subarray(0, end))
          rest = rest.subarray(bytes)
          if (!kind) continue
          got[kind].frames += 1
          got[kind].bytes += bytes
          if (kind === 'patch') patches.push(bytes)
          if (kind === 'snapshot') resolve(reader)
        }
      })
    })
    request.on('error', reject)
  })
}

function kindOf(head: Buffer): Kind | undefined {
  const name = head.toString('latin1').match(/^event: (\w+)$/m)?.[1]
  return kinds.find((kind) => kind === name)
}

function sweepIn(beat: Buffer): number | null {
  const data = beat.toString().split('\ndata: ')[1] ?? 'null'
  const { freshness }: Pick<Cluster, 'freshness'> = JSON.parse(data)
  return freshness.readAt.tasks === null ? null : Date.parse(freshness.readAt.tasks)
}

function open(url: string, begin: (answer: IncomingMessage) => void): ClientRequest {
  return get(url + api.stream(), { agent: false }, (answer) => {
    answer.on('error', () => {}) // It ends by our own leaving.
    begin(answer)
  })
}
