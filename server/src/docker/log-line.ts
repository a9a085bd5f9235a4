/** What one log payload says, asked for with timestamps and details. */
export type LogLine = {
  /** RFC 3339 with nanoseconds, by the clock of the node; null if there was none. */
  at: string | null
  nodeId: string | null
  taskId: string | null
  /** Without its line end. The container wrote it: hostile input. */
  text: string
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

/**
 * Reads `TIME DETAILS text`, where details are `key=value` pairs, comma-separated and
 * query-escaped, that always name the node, the service and the task. Whatever does not
 * have that shape is text.
 *
 * @see moby/moby daemon/server/httputils/write_log_stream.go, daemon/cluster/services.go
 */
export function parseLogLine(payload: string): LogLine {
  const line = payload.replace(/\r?\n$/, '')
  const [first, afterTime] = cutAtSpace(line)
  if (!TIME.test(first)) return { at: null, nodeId: null, taskId: null, text: line }
  const [details, text] = cutAtSpace(afterTime)
  const nodeId = detail(details, 'com.docker.swarm.node.id')
  const taskId = detail(details, 'com.docker.swarm.task.id')
  if (!nodeId && !taskId) return { at: first, nodeId, taskId, text: afterTime }
  return { at: first, nodeId, taskId, text }
}

function cutAtSpace(text: string): [string, string] {
  const space = text.indexOf(' ')
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)]
}

function detail(details: string, key: string): string | null {
  const pair = details.split(',').find((each) => each.startsWith(`${key}=`))
  return pair?.slice(key.length + 1) || null
}
