import type { DatedLine } from '../agent/log-lines.ts'
import type { Task } from '../store/objects.ts'

const STREAMS = { stdout: 1, stderr: 2, swarm: 3 } as const

export type LogFormat = {
  tty: boolean
  timestamps: boolean
  details: boolean
}

/** @see moby/moby daemon/server/httputils/write_log_stream.go */
export function formatLine(task: Task, line: DatedLine, format: LogFormat): Buffer {
  const time = format.timestamps ? `${stamp(line.at, line.text)} ` : ''
  const details = format.details ? `${detailsOf(task)} ` : ''
  // A terminal ends its lines so.
  const text = `${time}${details}${line.text}${format.tty ? '\r' : ''}\n`
  return format.tty ? Buffer.from(text) : frame(line.stream, text)
}

/** What the swarm itself has to say in the midst of a log. */
export function complaint(text: string): Buffer {
  return frame('swarm', `Error grabbing logs: rpc error: code = Unknown desc = ${text}\n`)
}

function frame(stream: keyof typeof STREAMS, text: string): Buffer {
  const payload = Buffer.from(text)
  const header = Buffer.alloc(8)
  header.writeUInt8(STREAMS[stream], 0)
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}

/** Nine digits always; those after the thousandths come from the text, so they stay. */
function stamp(at: number, text: string): string {
  const rest = [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1e6, 7)
  return `${new Date(at).toISOString().slice(0, -1)}${String(rest).padStart(6, '0')}Z`
}

function detailsOf({ NodeID = '', ServiceID, ID }: Task): string {
  return [
    `com.docker.swarm.node.id=${NodeID}`,
    `com.docker.swarm.service.id=${ServiceID}`,
    `com.docker.swarm.task.id=${ID}`,
  ].join(',')
}
