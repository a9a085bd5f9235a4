import { Link } from '@tanstack/react-router'
import { ServiceState } from '../state/ServiceState.tsx'
import styles from './ServiceNames.module.css'

type NamesProps = { names: readonly string[]; limit?: number }

/** Services by name, each a link; past the limit, how many more. */
export function ServiceNames({ names, limit = 4 }: NamesProps) {
  if (names.length === 0) return <span className={styles.none}>none</span>
  const more = names.length - limit
  return (
    <span className={styles.names}>
      {names.slice(0, limit).map((name) => (
        <span key={name} className={styles.one}>
          <Link to="/services/$name" params={{ name }}>
            {name}
          </Link>
          <ServiceState service={name} />
        </span>
      ))}
      {more > 0 && <span title={names.slice(limit).join(', ')}>{more} more</span>}
    </span>
  )
}
