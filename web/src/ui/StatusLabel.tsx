import type { ReactNode } from 'react'
import { Mark } from './Mark.tsx'
import styles from './StatusLabel.module.css'
import type { MarkName } from './silhouettes.ts'
import type { Tone } from './tone.ts'

type StatusLabelProps = {
  mark: MarkName
  tone: Tone
  label: string
  /** What there is to say beyond the status, such as a number. */
  children?: ReactNode
}

/** A mark and its words. The words stay in the colour of text: the mark carries the tone. */
export function StatusLabel({ mark, tone, label, children }: StatusLabelProps) {
  return (
    <span className={styles.status} data-tone={tone}>
      <Mark mark={mark} tone={tone} />
      <span className={styles.label}>{label}</span>
      {children !== undefined && <span className={styles.more}>{children}</span>}
    </span>
  )
}
