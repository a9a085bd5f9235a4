import { Ago } from './Ago.tsx'
import { Button } from './Button.tsx'
import styles from './ErrorBlock.module.css'
import { Mark } from './Mark.tsx'
import { Quote } from './Quote.tsx'

type ErrorBlockProps = {
  /** What failed, in a sentence. */
  what: string
  /** Since when, ISO 8601. */
  since?: string
  /** What to do about it. */
  next?: string
  /** The words of whoever failed, unedited. */
  cause?: string
  onRetry?: () => void
}

/** One part that failed while the rest works: what, since when, and the next step. */
export function ErrorBlock({ what, since, next, cause, onRetry }: ErrorBlockProps) {
  return (
    <div className={styles.block} role="alert">
      <Mark mark="triangle" tone="warning" />
      <div className={styles.words}>
        <p>
          <strong>{what}</strong>
          {since && (
            <span className={styles.since}>
              <Ago at={since} as="past" />
            </span>
          )}
        </p>
        {cause && <Quote>{cause}</Quote>}
        {next && <p className={styles.next}>{next}</p>}
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
      </div>
    </div>
  )
}
