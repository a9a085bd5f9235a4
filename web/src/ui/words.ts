/** Whether a text holds all words of a question, in any order and case. */
export function matches(question: string, ...texts: readonly (string | null)[]): boolean {
  const text = texts.join('\n').toLowerCase()
  return question
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** "1 task", "2 tasks": a count and its noun. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
