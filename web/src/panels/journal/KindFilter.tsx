import { type JournalKind, journalKinds } from './journal-filter.ts'
import { kindWords } from './journal-words.ts'
import styles from './KindFilter.module.css'

type KindFilterProps = {
  chosen: JournalKind | undefined
  onChoose: (kind: JournalKind | undefined) => void
}

/** Only one kind of entry; choosing the chosen one again shows all. */
export function KindFilter({ chosen, onChoose }: KindFilterProps) {
  return (
    <ul className={styles.kinds} aria-label="Show only">
      {journalKinds.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            className={styles.kind}
            aria-pressed={kind === chosen}
            onClick={() => onChoose(kind === chosen ? undefined : kind)}
          >
            {kindWords[kind]}
          </button>
        </li>
      ))}
    </ul>
  )
}
