import type { IncomingMessage } from 'node:http'
import { classify, DockerError } from './errors.ts'

const SILENCE = new DockerError('timeout', 'The engine began to answer, then fell silent.')

/**
 * The bytes of an answer until `signal` aborts. `silenceMs` is how long the engine may take
 * for the next ones; null for a stream without end, whose end is then an error.
 *
 * @throws DockerError
 */
export async function* readBytes(
  answer: IncomingMessage,
  signal: AbortSignal,
  silenceMs: number | null,
): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = answer[Symbol.asyncIterator]()
  let timer: NodeJS.Timeout | undefined
  try {
    for (;;) {
      if (silenceMs !== null) timer = setTimeout(() => answer.destroy(SILENCE), silenceMs)
      const next = await chunks.next()
      // Only the engine's time counts, not that of a slow reader.
      clearTimeout(timer)
      if (next.done) break
      yield next.value
    }
  } catch (error) {
    if (!signal.aborted) throw classify(error)
  } finally {
    clearTimeout(timer)
    answer.destroy()
  }
  if (silenceMs === null && !signal.aborted) {
    throw new DockerError('unreachable', 'The engine closed the stream.')
  }
}

/** The whole body; `heard` is called as each part of it comes. Throws as Node does. */
export async function readText(
  answer: IncomingMessage,
  heard: () => void = () => {},
): Promise<string> {
  let text = ''
  await readParts(answer, (part) => {
    heard()
    text += part
  })
  return text
}

/** Hands over the body part by part, as text. Throws as Node does, or as `take`. */
export async function readParts(
  answer: IncomingMessage,
  take: (part: string) => void,
): Promise<void> {
  // Not as bytes: of a large swarm each list has megabytes, which would be held twice, and
  // outside the heap, where nothing presses for them to be let go of.
  answer.setEncoding('utf8')
  for await (const part of answer) take(part)
}
