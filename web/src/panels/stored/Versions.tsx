import type { StoredEntry } from '@skep/shared/contract/stored'
import { Ago } from '../../ui/Ago.tsx'
import { Flags } from './Flags.tsx'
import { StoredName } from './StoredName.tsx'
import { UsedBy } from './UsedBy.tsx'
import styles from './Versions.module.css'

/** Beyond these, the rest is a number. */
const limit = 20

/** The versions of a family, newest first. */
export function Versions({
  versions,
  here,
}: {
  versions: readonly StoredEntry[]
  here: string
}) {
  const more = versions.length - limit
  return (
    <ul className={styles.versions}>
      {versions.slice(0, limit).map((one) => (
        <li key={one.id} data-here={one.name === here || undefined}>
          {one.name === here ? (
            <span className={styles.here}>{one.name}</span>
          ) : (
            <StoredName of={one} />
          )}
          <span className={styles.age}>
            <Ago at={one.createdAt} as="past" dense />
          </span>
          <span className={styles.used}>
            used by <UsedBy {...one} />
          </span>
          <Flags flags={one.flags.filter((flag) => flag === 'only-rollback')} />
        </li>
      ))}
      {more > 0 && <li className={styles.age}>and {more} older</li>}
    </ul>
  )
}
