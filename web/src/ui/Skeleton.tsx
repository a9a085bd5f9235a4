import { useEffect, useState } from 'react'
import styles from './Skeleton.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** Before this, an empty place is quieter than a promise. In milliseconds. */
const patience = 300

/** Rows to come; they show only when what they stand for takes its time. */
export function Skeleton({ rows, label }: { rows: number; label: string }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.rows} role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      {late &&
        Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
          <div key={row} className={styles.row} />
        ))}
    </div>
  )
}
