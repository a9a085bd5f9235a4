import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

type EmptyStateProps = {
  /** What is not there: "No services yet." */
  children: ReactNode
  /** How it would come about, or how to see more. */
  action?: ReactNode
}

/** Nothing to show, said as a fact; never for what is only not known. */
export function EmptyState({ children, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p>{children}</p>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
