/** A sentence whose commands stand between backticks, as code. */
export function Prose({ children }: { children: string }) {
  const parts = children.split('`')
  return parts.map((part, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
    place % 2 === 1 ? <code key={place}>{part}</code> : part,
  )
}
