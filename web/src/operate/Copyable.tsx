import type { ReactNode } from 'react'
import { Copy } from '../ui/Copy.tsx'
import styles from './Copyable.module.css'

type CopyableProps = { text: string; what: string; children: ReactNode }

/** A text to take along, as it is shown, with its button. */
export const Copyable = ({ text, what, children }: CopyableProps) => (
  <div className={styles.copyable}>
    {children}
    <Copy text={text} what={what} />
  </div>
)
