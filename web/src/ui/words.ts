/** Whether a text holds all words of a question, in any order and case. */
export function matches(question: string, ...texts: readonly (string | null)[]): boolean {
  const text = texts.join('\n').toLowerCase()
  return question
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** What a sentence says beyond the label beside it: "Paused: 3 failed" is "3 failed" there. */
export function withoutLabel(sentence: string, label: string): string {
  const begins = sentence.toLowerCase().startsWith(label.toLowerCase())
  return begins ? sentence.slice(label.length).replace(/^[:,]\s*/, '') : sentence
}

/** "1 task", "10,475 tasks": a count and its noun. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numeral(count)} ${count === 1 ? one : many}`

/** "12", "10,475": a count as it is read. */
export const numeral = (count: number): string =>
  count < 1_000 ? String(count) : count.toLocaleString('en')
