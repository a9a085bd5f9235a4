import { maskedCommand, maskedLabels, maskedText } from '../masking.ts'

export const mask = '•••'

/**
 * Texts longer than this are hidden, not searched for credentials: that would take time
 * that grows with the square of their length, and to cut them first could cut away what
 * gives a credential away.
 */
const mostSearched = 2000

const isSearched = (text: string): boolean => text.length <= mostSearched

/** A text with what looks like a credential masked; whole, where it is `secret` by name. */
export const safeText = (text: string, secret = false): string =>
  secret || !isSearched(text) ? mask : maskedText(text)

export const safeLabel = (key: string, value: string): string =>
  isSearched(key) && isSearched(value)
    ? (maskedLabels({ [key]: value })[key] ?? mask)
    : mask

/** The words of one command: a flag says what the next word is. */
export const safeWords = (words: readonly string[]): string[] =>
  maskedCommand(words.map((word) => (isSearched(word) ? word : mask))).words
