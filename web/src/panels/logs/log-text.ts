/** Longer lines are cut: one of them could hold a whole file. In characters. */
const longest = 8_192

const esc = '\u001b'
const bell = '\u0007'
const sequences = new RegExp(
  [
    // CSI: colours, cursor movement, erasing. In seven bits, or in eight.
    String.raw`(?:${esc}\[|${'\u009b'})[0-?]*[ -/]*[@-~]`,
    // OSC and the like, such as titles and links, up to their terminator.
    String.raw`${esc}[\]PX^_][^${bell}${esc}]*(?:${bell}|${esc}\\)?`,
    // Escapes of two characters.
    `${esc}[ -/]*[0-~]`,
  ].join('|'),
  'g',
)

/**
 * What cannot be seen, or turns the direction of text around. Left out are the tab, and
 * the joiners, which real scripts and emoji need.
 */
const unseen = /[[\p{Cc}\p{Cf}\u2028\u2029]--[\t\u200c\u200d]]/gv

/**
 * A log line as it is safe to show. Whoever can write a log is not trusted: sequences for
 * terminals go, and what would be invisible, or would reorder the text, becomes visible.
 */
export function logText(raw: string): string {
  const text = raw.replace(sequences, '').replace(unseen, picture)
  if (text.length <= longest) return text
  return `${text.slice(0, longest)}… and ${text.length - longest} characters more`
}

// Control characters as terminals name them, "^M"; the rest by its number.
function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
}
