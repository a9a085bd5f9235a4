import type { ReactNode } from 'react'
import styles from './Meter.module.css'

type MeterProps = {
  value: number
  max: number
  /** The numbers in words, with their unit: the bar only repeats them. */
  children: ReactNode
  /** In tables: a short bar before the words, on their line. */
  inline?: boolean
}

/** A share of a whole, as a bar beside its numbers. No colour: a share is not a verdict. */
export function Meter({ value, max, children, inline = false }: MeterProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <div className={inline ? styles.inline : styles.meter}>
      <div className={styles.track} aria-hidden="true">
        <div className={styles.bar} style={{ width: `${share * 100}%` }} />
      </div>
      <div className={styles.words}>{children}</div>
    </div>
  )
}
