import { DockerError, plainText } from './errors.ts'

/** One frame of a log stream: `swarm` frames carry the swarm's own complaint (type 3). */
export type LogFrame = { stream: 'stdout' | 'stderr' | 'swarm'; payload: string }

/** By the type byte of a frame's header. Type 0 is stdin, which nobody writes to a log. */
const STREAMS = ['stdout', 'stdout', 'stderr', 'swarm'] as const

const HEADER = 8

/** Log drivers cut lines at 16 KiB. Far beyond that, this is no frame but something else. */
const LONGEST_PAYLOAD = 4 * 1024 * 1024

const COMPLAINT = 'Error grabbing logs: '

/** RFC 3339 with nine digits, and nothing else. */
const LONE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(?:Z|[+-]\d\d:\d\d)$/

/**
 * The frames of a service's log that was asked for with timestamps and details, one for
 * each line, wherever the chunks are cut. A terminal's log (`tty`) has no frames: its
 * lines all come as `stdout`.
 *
 * @throws DockerError of kind `protocol` when the stream holds no frames, as happens when
 *   the service has got a terminal since we last looked.
 * @see moby/moby api/pkg/stdcopy, daemon/server/httputils/write_log_stream.go
 */
export async function* logFrames(
  chunks: AsyncIterable<Uint8Array>,
  tty: boolean,
): AsyncGenerator<LogFrame> {
  const lines = tty ? createLineCutter() : null
  const take = lines ? lines.take : createFrameCutter()
  for await (const chunk of chunks) yield* take(chunk)
  if (lines) yield* lines.rest()
}

/** Cuts multiplexed output into frames; what is incomplete waits for the next chunk. */
export function createFrameCutter(): (chunk: Uint8Array) => LogFrame[] {
  const join = createJoiner()
  let pending = Buffer.alloc(0)

  return (chunk) => {
    const bytes =
      pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk])
    const found: LogFrame[] = []
    let offset = 0
    while (bytes.length - offset >= HEADER) {
      const stream = STREAMS[bytes.readUInt8(offset)]
      const length = bytes.readUInt32BE(offset + 4)
      if (!stream || length > LONGEST_PAYLOAD) {
        throw new DockerError('protocol', 'The engine sent a log that has no frames.')
      }
      const end = offset + HEADER + length
      if (end > bytes.length) break
      const payload = bytes.toString('utf8', offset + HEADER, end)
      const frame = join({ stream, payload })
      if (frame) found.push(stream === 'swarm' ? complaint(frame.payload) : frame)
      offset = end
    }
    pending = bytes.subarray(offset)
    return found
  }
}

/**
 * Some 29.x engines send the parts of one line (time, space, details, space, text) as five
 * frames. A frame that holds a time and nothing else begins such a line.
 */
function createJoiner(): (frame: LogFrame) => LogFrame | null {
  let begun: LogFrame | null = null
  let missing = 0

  return (frame) => {
    if (LONE_TIME.test(frame.payload)) {
      begun = frame
      missing = 4
      return null
    }
    if (!begun || begun.stream !== frame.stream) return frame
    begun = { stream: begun.stream, payload: begun.payload + frame.payload }
    if (--missing > 0) return null
    const whole = begun
    begun = null
    return whole
  }
}

/** Cuts a terminal's output into lines. `rest` answers what was left without an end. */
export function createLineCutter(): {
  take: (chunk: Uint8Array) => LogFrame[]
  rest: () => LogFrame[]
} {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let pending = ''

  return {
    take(chunk) {
      const parts = (pending + decoder.decode(chunk, { stream: true })).split('\n')
      pending = parts.pop() ?? ''
      if (pending.length > LONGEST_PAYLOAD) {
        parts.push(pending)
        pending = ''
      }
      return parts.map((line) => terminalLine(`${line}\n`))
    },
    rest() {
      pending += decoder.decode()
      return pending === '' ? [] : [terminalLine(pending)]
    },
  }
}

/** Lines of a container begin with their time; only the swarm's own begin without. */
function terminalLine(line: string): LogFrame {
  return line.startsWith(COMPLAINT) ? complaint(line) : { stream: 'stdout', payload: line }
}

function complaint(payload: string): LogFrame {
  const text = payload.startsWith(COMPLAINT) ? payload.slice(COMPLAINT.length) : payload
  return { stream: 'swarm', payload: plainText(text) }
}
