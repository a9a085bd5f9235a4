const rows = 'main :is(tbody tr, [data-row])'
const opener = 'a[href], button:not(:disabled)'

/**
 * Moves the focus to the next or previous row of the page: to what opens it. Begins at
 * the first row, and stays at the last.
 */
export function moveToRow(step: 1 | -1, within = rows): boolean {
  const openers = [...document.querySelectorAll(within)].flatMap((row) => {
    const found = row.matches(opener) ? row : row.querySelector(opener)
    return found instanceof HTMLElement ? [{ row, found }] : []
  })
  const at = openers.findIndex(({ row }) => row.contains(document.activeElement))
  const to = openers[at < 0 ? (step > 0 ? 0 : -1) : at + step]
  if (!to) return false
  to.found.focus()
  to.row.scrollIntoView({ block: 'nearest' })
  return true
}

/** Puts the cursor into the filter of the page, where it has one. */
export function focusFilter() {
  const filter = document.querySelector('main input[type="search"]')
  if (filter instanceof HTMLInputElement) {
    filter.focus()
    filter.select()
  }
}

const focusedRow = () => document.activeElement?.closest(rows) ?? null

/** The service of the row in focus, where that is one of a service. */
export function focusedService(): string | null {
  const row = focusedRow()
  return row instanceof HTMLElement ? (row.dataset.service ?? null) : null
}

/** The node of the row in focus, where that is one of a node. */
export function focusedNode(): string | null {
  const row = focusedRow()
  return row instanceof HTMLElement ? (row.dataset.node ?? null) : null
}

/** The address that the row in focus opens. */
export function focusedLink(): string | null {
  const link = focusedRow()?.querySelector('a[href]')
  return link instanceof HTMLAnchorElement ? link.href : null
}
