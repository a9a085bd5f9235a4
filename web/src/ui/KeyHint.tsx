import styles from './KeyHint.module.css'

/** Keys to press, one after another: "g n". */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split(' ').map((key, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key may come twice, as in "g g"
        <kbd key={place} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  )
}
