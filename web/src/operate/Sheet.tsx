import { MantineThemeProvider } from '@mantine/core'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import styles from './Sheet.module.css'

/** Names the sheet; whatever lies on it gives its heading this id. */
export const sheetTitle = 'sheet-title'

type SheetProps = { onClose: () => void; children: ReactNode }

/**
 * What lies over a page, at its right: a modal dialog of the browser, which keeps the
 * focus and gives it back. The page beneath stays readable.
 */
export function Sheet({ onClose, children }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null)
  // Nothing outside of the dialog is painted above it, tooltips included.
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    setLayer(dialog)
    const opener = document.activeElement
    dialog.showModal()
    firstPlace(dialog)?.focus()
    return () => {
      dialog.close()
      // What opened it may be gone, or it was opened by its address.
      if (opener === document.body || !opener?.isConnected)
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={ref}
      className={styles.sheet}
      aria-labelledby={sheetTitle}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // A browser may close it without asking, at a second Esc.
      onClose={() => !ref.current?.open && onClose()}
    >
      <MantineThemeProvider
        theme={{ components: { Tooltip: { defaultProps: inLayer(layer) } } }}
      >
        {children}
      </MantineThemeProvider>
    </dialog>
  )
}

type PartsProps = {
  title: string
  /** Between the title and the way out. */
  aside?: ReactNode
  onClose: () => void
  children: ReactNode
  /** What is always in sight, at the end. */
  footer: ReactNode
}

/** Title, content and footer of a sheet; only the content scrolls. */
export function SheetParts({ title, aside, onClose, children, footer }: PartsProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // What lay here before took the focus with it: whoever hears the sheet is told its turn.
  useLayoutEffect(() => {
    const dialog = heading.current?.closest('dialog')
    if (dialog?.open && !dialog.contains(document.activeElement))
      firstPlace(dialog)?.focus()
  }, [])
  return (
    <>
      <header className={styles.head}>
        <h2 ref={heading} id={sheetTitle} tabIndex={-1} data-sheet-title>
          {title}
        </h2>
        {aside}
        <button
          type="button"
          className={styles.close}
          aria-label="Close"
          title="Close (Esc)"
          onClick={onClose}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M3.5 3.5L12.5 12.5M12.5 3.5L3.5 12.5" />
          </svg>
        </button>
      </header>
      <div className={styles.body}>{children}</div>
      <footer className={styles.foot}>{footer}</footer>
    </>
  )
}

/** Where the focus begins: a field that waits for something, or else the title. */
const firstPlace = (dialog: HTMLElement) =>
  dialog.querySelector<HTMLElement>('[data-first]') ??
  dialog.querySelector<HTMLElement>('[data-sheet-title]')

const inLayer = (target: HTMLElement | null) =>
  target
    ? { portalProps: { target }, events: { hover: true, focus: true, touch: true } }
    : {}
