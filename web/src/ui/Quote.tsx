import styles from './Quote.module.css'

/** Someone else's words, unedited, beneath our sentence. */
export function Quote({ children, lines }: { children: string; lines?: number }) {
  return (
    <code
      className={lines ? `${styles.quote} ${styles.clamped}` : styles.quote}
      style={lines ? { WebkitLineClamp: lines } : undefined}
      title={lines ? children : undefined}
    >
      {children}
    </code>
  )
}
