import { Copy } from './Copy.tsx'
import styles from './Identifier.module.css'

/** An identifier: twelve characters, all of it on focus and hover, and a way to copy it. */
export function Identifier({ id, what = 'identifier' }: { id: string; what?: string }) {
  const rest = id.slice(12)
  return (
    <span className={styles.identifier}>
      <code className={styles.id} tabIndex={rest ? 0 : undefined}>
        {id.slice(0, 12)}
        {rest && <span className={styles.rest}>{rest}</span>}
      </code>
      <Copy text={id} what={what} />
    </span>
  )
}
