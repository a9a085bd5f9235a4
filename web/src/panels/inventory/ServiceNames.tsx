import { ServiceName } from '../state/ServiceName.tsx'
import styles from './ServiceNames.module.css'

type NamesProps = { names: readonly string[]; limit?: number }

/** Services by name, each a link; past the limit, how many more. */
export function ServiceNames({ names, limit = 4 }: NamesProps) {
  if (names.length === 0) return <span className={styles.none}>none</span>
  // "1 more" takes the place of the one.
  const shown = names.length === limit + 1 ? names : names.slice(0, limit)
  const hidden = names.slice(shown.length)
  return (
    <span className={styles.names}>
      {shown.map((name) => (
        <ServiceName key={name} name={name} />
      ))}
      {hidden.length > 0 && <span title={hidden.join(', ')}>{hidden.length} more</span>}
    </span>
  )
}
