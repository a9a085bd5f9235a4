import { Link } from '@tanstack/react-router'
import styles from './ServiceName.module.css'
import { ServiceState } from './ServiceState.tsx'

/** A service by its name: the way to its page and, beside it, how it holds data. */
export const ServiceName = ({ name }: { name: string }) => (
  <span className={styles.service}>
    <Link to="/services/$name" params={{ name }}>
      {name}
    </Link>
    <ServiceState service={name} />
  </span>
)
