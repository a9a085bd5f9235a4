import { DockerError } from './errors.ts'

/** A single JSON text longer than this is not an event. */
const LONGEST_TEXT = 1024 * 1024

/**
 * Cuts a stream of JSON objects into their texts, wherever the chunks are cut. Between
 * objects anything may stand: the engine writes newlines, and record separators when
 * asked for `application/json-seq`.
 */
export function createObjectCutter(): (chunk: Uint8Array) => string[] {
  const decoder = new TextDecoder()
  let text = ''
  let position = 0
  let start = -1
  let depth = 0
  let quoted = false
  let escaped = false

  return (chunk) => {
    text += decoder.decode(chunk, { stream: true })
    const found: string[] = []
    for (; position < text.length; position++) {
      const char = text[position]
      if (quoted) {
        if (escaped) escaped = false
        else if (char === '\\') escaped = true
        else if (char === '"') quoted = false
      } else if (char === '"') {
        quoted = depth > 0
      } else if (char === '{') {
        if (depth++ === 0) start = position
      } else if (char === '}' && depth > 0 && --depth === 0) {
        found.push(text.slice(start, position + 1))
        start = -1
      }
    }
    text = start < 0 ? '' : text.slice(start)
    start = start < 0 ? -1 : 0
    position = text.length
    if (text.length > LONGEST_TEXT) {
      throw new DockerError('protocol', 'The engine sent an event without an end.')
    }
    return found
  }
}

/** @throws DockerError of kind `protocol` for what is not a JSON object. */
export async function* jsonObjects(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Record<string, unknown>> {
  const cut = createObjectCutter()
  for await (const chunk of chunks) {
    for (const text of cut(chunk)) yield parse(text)
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    throw new DockerError('protocol', 'The engine sent an event that is not JSON.')
  }
}
