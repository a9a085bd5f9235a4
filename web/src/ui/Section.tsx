import { type ReactNode, useId } from 'react'
import styles from './Section.module.css'

type SectionProps = {
  title: string
  /** A sentence on what the numbers mean, where that is not plain. */
  note?: ReactNode
  /** Beside the heading. */
  aside?: ReactNode
  children: ReactNode
}

/** A part of a page, under a heading that names it. */
export function Section({ title, note, aside, children }: SectionProps) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      {aside ? (
        <div className={styles.head}>
          <h2 id={id}>{title}</h2>
          {aside}
        </div>
      ) : (
        <h2 id={id}>{title}</h2>
      )}
      {note && <p className={styles.note}>{note}</p>}
      {children}
    </section>
  )
}
