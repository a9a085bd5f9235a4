import type { ConfigContent } from '@skep/shared/contract/stored'
import { maskCredentials } from '../domain/stored/credential-like.ts'

/**
 * What a config holds, as it may be shown. Text is UTF-8 without control characters other
 * than those of layout; anything else is binary and stays where it is.
 * @param reveal whether lines that look like credentials are shown
 * @param other what another one holds, to say whether it is the same
 */
export function contentOf(
  name: string,
  data: Uint8Array,
  reveal: boolean,
  other: Uint8Array | null = null,
): ConfigContent {
  const bytes = data.byteLength
  const same = other && Buffer.compare(data, other) === 0
  const text = textOf(data)
  if (text === null) {
    return { name, bytes, kind: 'binary', text: null, masked: 0, finalNewline: false, same }
  }
  const shown = reveal ? { text, masked: 0 } : maskCredentials(text)
  return { name, bytes, kind: 'text', ...shown, finalNewline: text.endsWith('\n'), same }
}

function textOf(data: Uint8Array): string | null {
  try {
    // With its byte order mark: a copy of the text is to be a copy of the bytes.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return /[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text
  } catch {
    return null
  }
}
