import type { ReactNode } from 'react'
import styles from './Meter.module.css'

type MeterProps = {
  value: number
  max: number
  /** The numbers in words, with their unit: the bar only repeats them. */
  children: ReactNode
}

/** A share of a whole, as a bar beneath its numbers. No colour: a share is not a verdict. */
export function Meter({ value, max, children }: MeterProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <div className={styles.meter}>
      <div className={styles.words}>{children}</div>
      <div className={styles.track} aria-hidden="true">
        <div className={styles.bar} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}
