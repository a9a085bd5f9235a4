import styles from './Labels.module.css'

/** Labels as they were set: keys and values are anybody's text. */
export function Labels({ labels, none }: { labels: Record<string, string>; none: string }) {
  const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    <ul className={styles.labels}>
      {entries.length === 0 && <li className={styles.none}>{none}</li>}
      {entries.map(([key, value]) => (
        <li key={key}>
          <code>
            <span className={styles.key}>{key}</span>
            {value !== '' && `=${value}`}
          </code>
        </li>
      ))}
    </ul>
  )
}
