/** A row of a Markdown table. */
export const row = (...cells: readonly string[]): string =>
  `| ${cells.map(plain).join(' | ')} |`

/** Names and notes are whatever somebody wrote: nothing in them is markup. */
export const plain = (text: string): string =>
  text === '---'
    ? text
    : text.replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&').replace(/\s+/g, ' ')
