/**
 * Where a key leads from the focused element, among elements that flow in lines: left and
 * right along the flow, up and down to the same place of the next line. Null for keys that
 * lead nowhere.
 */
export function stepTo<E extends HTMLElement>(
  key: string,
  all: readonly E[],
  from: Element | null,
): E | null {
  const at = all.findIndex((element) => element.isSameNode(from))
  if (at < 0) return null
  switch (key) {
    case 'ArrowRight':
      return all[at + 1] ?? null
    case 'ArrowLeft':
      return all[at - 1] ?? null
    case 'ArrowDown':
      return all[at + lineLength(all)] ?? null
    case 'ArrowUp':
      return all[at - lineLength(all)] ?? null
    case 'Home':
      return all[0] ?? null
    case 'End':
      return all.at(-1) ?? null
    default:
      return null
  }
}

/** How many stand in the first line, as laid out. */
function lineLength(all: readonly HTMLElement[]): number {
  const top = all[0]?.getBoundingClientRect().top
  const next = all.findIndex((element) => element.getBoundingClientRect().top !== top)
  return next < 0 ? all.length : next
}
