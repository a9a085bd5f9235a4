import type { ReactNode } from 'react'
import styles from './Split.module.css'

type SplitProps = {
  children: ReactNode
  aside: ReactNode
  /** What needs the width of both; if narrow it stands before what is beside. */
  below?: ReactNode
}

/** What the page is for on one side, what is good to know beside it; one column if narrow. */
export function Split({ children, aside, below }: SplitProps) {
  return (
    <div className={styles.split}>
      <div className={styles.part}>{children}</div>
      {below && <div className={styles.below}>{below}</div>}
      <div className={styles.part}>{aside}</div>
    </div>
  )
}
