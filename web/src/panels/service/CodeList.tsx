import styles from './CodeList.module.css'

type CodeListProps = {
  items: readonly string[]
  /** What is said where there are none. */
  none: string
  /** Without a frame, as the value of a fact. */
  plain?: boolean
}

/** Names and expressions, one a line, as they were written. */
export function CodeList({ items, none, plain = false }: CodeListProps) {
  if (items.length === 0) return <span className={styles.none}>{none}</span>
  return (
    <ul className={plain ? styles.plain : styles.list}>
      {items.map((item) => (
        <li key={item}>
          <code>{item}</code>
        </li>
      ))}
    </ul>
  )
}
