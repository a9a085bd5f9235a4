import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './Explained.module.css'

/** Words that need a reason, such as an estimate: it shows on hover and on focus. */
export function Explained({ why, children }: { why: ReactNode; children: ReactNode }) {
  return (
    <Tooltip label={why}>
      <span className={styles.explained} tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  )
}
