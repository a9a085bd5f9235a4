/** What is shown of a long reference: its end is what differs, so the middle goes. */
export function middle(text: string, length: number): string {
  if (text.length <= length) return text
  const end = Math.ceil((length - 1) * 0.6)
  return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`
}
