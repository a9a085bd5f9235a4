import type { ReactNode } from 'react'
import styles from './Tally.module.css'
import { numeral } from './words.ts'

type TallyEntry<Key extends string> = {
  key: Key
  label: string
  count: number
  icon?: ReactNode
}

type TallyProps<Key extends string> = {
  /** What choosing an entry does: "Show only". */
  label: string
  entries: readonly TallyEntry<Key>[]
  /** The chosen entry; null for all. */
  chosen: Key | null
  onChoose: (key: Key | null) => void
}

/** A legend that counts, and is the filter. Choosing the chosen one again shows all. */
export function Tally<Key extends string>(props: TallyProps<Key>) {
  const { label, entries, chosen, onChoose } = props
  return (
    <ul className={styles.tally} aria-label={label}>
      {entries.map(({ key, label, count, icon }) => (
        <li key={key}>
          <button
            type="button"
            className={styles.entry}
            aria-pressed={key === chosen}
            // A count of zero fades where it stands, so that nothing shifts later.
            disabled={count === 0 && key !== chosen}
            onClick={() => onChoose(key === chosen ? null : key)}
          >
            {icon}
            <span className={styles.count}>{numeral(count)}</span>
            {label}
          </button>
        </li>
      ))}
    </ul>
  )
}
