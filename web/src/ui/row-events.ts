import type { KeyboardEvent, MouseEvent as ReactMouseEvent } from 'react'

/**
 * Anywhere in a row means the row's link, with whatever keys are held, unless the click had
 * another aim: something operable, or text being selected.
 */
export function openRow(event: ReactMouseEvent<HTMLElement>) {
  const { target, currentTarget, ctrlKey, metaKey, shiftKey } = event
  if (!(target instanceof Element)) return
  const operable = target.closest('a, button, input, label, summary, [tabindex]')
  if (operable && currentTarget.contains(operable)) return
  if (getSelection()?.isCollapsed === false) return
  const link = target.closest('tr')?.querySelector('th a')
  const how = { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }
  link?.dispatchEvent(new MouseEvent('click', how))
}

/** The arrows walk from row to row, on what opens them; letters are the page's business. */
export function walkRows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const rows = [...event.currentTarget.querySelectorAll('tr')]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const opener = rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.querySelector('th a')
  if (!(opener instanceof HTMLElement)) return
  event.preventDefault()
  opener.focus()
}
