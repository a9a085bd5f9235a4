const harmless = /^[\w@%+=:,./-]+$/

/** One word for a POSIX shell, whatever is in it. */
export const quoted = (word: string): string =>
  harmless.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** A line that a shell reads as exactly these words. */
export const shellLine = (...words: readonly string[]): string =>
  words.map(quoted).join(' ')
