import type { StoredPreview } from '@skep/shared/contract/stored'
import { Changed } from '../Changed.tsx'
import { rowKey } from '../marks.ts'
import styles from './Stored.module.css'

type RemovedNamesProps = { preview: StoredPreview; changed: ReadonlySet<string> }

/** What would go, and what of its family stays. */
export function RemovedNames({ preview, changed }: RemovedNamesProps) {
  const { names, keeps } = preview
  return (
    <>
      {names.length > 0 && (
        <section>
          <h3>Goes ({names.length})</h3>
          <ul className={styles.names}>
            {names.map((name) => (
              <li key={name}>
                <code>{name}</code> {changed.has(rowKey.removed(name)) && <Changed />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {keeps.length > 0 && (
        <section>
          <h3>Stays ({keeps.length})</h3>
          <ul className={styles.names}>
            {keeps.map((name) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
