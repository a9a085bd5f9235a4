import { Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import styles from './Copy.module.css'

/** Puts a text on the clipboard, and says that it did. */
export function Copy({ text, what }: { text: string; what: string }) {
  const clipboard = useClipboard({ timeout: 2_000 })
  const said = clipboard.error
    ? 'The browser refused to copy'
    : clipboard.copied
      ? 'Copied'
      : `Copy ${what}`
  return (
    <Tooltip label={said}>
      <button
        type="button"
        className={styles.copy}
        aria-label={said}
        onClick={() => clipboard.copy(text)}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          {clipboard.copied ? (
            <path d="M3 8.5L6.5 12L13 4.5" />
          ) : (
            <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />
          )}
        </svg>
      </button>
    </Tooltip>
  )
}
