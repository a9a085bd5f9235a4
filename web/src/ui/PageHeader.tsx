import type { ReactNode } from 'react'
import { Breakable } from './Breakable.tsx'
import { useClock } from './clock.ts'
import { Mark } from './Mark.tsx'
import styles from './PageHeader.module.css'
import type { MarkName } from './silhouettes.ts'
import { dated } from './time.ts'
import type { Tone } from './tone.ts'

type PageHeaderProps = {
  /** What the page is about, before its verdict: "web", "Nodes". */
  subject?: string
  /** The one sentence that answers the page's question; dated here while it is old news. */
  verdict: string
  status?: { mark: MarkName; tone: Tone; filled?: number }
  /** What supports the verdict: numbers, times, identifiers. */
  children?: ReactNode
  /** Buttons, at the end of the line. */
  actions?: ReactNode
}

/**
 * The answer first. The heading holds the subject and the verdict, so that whoever lands
 * here by a route change, which focuses the h1, hears both.
 */
export function PageHeader(props: PageHeaderProps) {
  const { subject, verdict, status, children, actions } = props
  const asOf = useClock((clock) => clock.asOf())
  return (
    <header className={styles.header}>
      {status && (
        <span className={styles.mark}>
          <Mark {...status} size={24} />
        </span>
      )}
      <h1 tabIndex={-1} className={styles.heading}>
        {subject && (
          <span className={styles.subject}>
            <Breakable text={subject} />{' '}
          </span>
        )}
        <span className={styles.verdict}>{subject ? dated(verdict, asOf) : verdict}</span>
      </h1>
      {actions && <div className={styles.actions}>{actions}</div>}
      {children && <div className={styles.support}>{children}</div>}
    </header>
  )
}
