import type { ReactNode } from 'react'
import styles from './Split.module.css'

/** What the page is for on one side, what is good to know beside it; one column if narrow. */
export function Split({ children, aside }: { children: ReactNode; aside: ReactNode }) {
  return (
    <div className={styles.split}>
      <div className={styles.part}>{children}</div>
      <div className={styles.part}>{aside}</div>
    </div>
  )
}
