import { ErrorBlock } from '../../ui/ErrorBlock.tsx'
import { Mark } from '../../ui/Mark.tsx'
import styles from './LogNotices.module.css'
import type { LogFacts } from './log-feed.ts'

type LogNoticesProps = {
  service: string
  facts: Pick<LogFacts, 'link' | 'awaySince' | 'opened' | 'incomplete'>
  onRetry: () => void
}

/** What there is to know before trusting these lines to be all of them. */
export function LogNotices({ service, facts, onRetry }: LogNoticesProps) {
  const { link, awaySince, opened, incomplete } = facts
  const isAway = link === 'away' && awaySince !== null
  if (isAway && !opened)
    return (
      <ErrorBlock
        what={`The log of ${service} cannot be read.`}
        next="It is tried again by itself. The swarm may not answer, or the service may be gone."
        onRetry={onRetry}
      />
    )
  return (
    <>
      {isAway && (
        <ErrorBlock
          what="The connection to the log broke. It is tried again by itself."
          since={new Date(awaySince).toISOString()}
          onRetry={onRetry}
        />
      )}
      {incomplete.length > 0 && (
        <div className={styles.incomplete} role="status">
          <Mark mark="triangle" tone="warning" />
          <p>
            <strong>Lines may be missing:</strong> {incomplete.join('; ')}.
          </p>
        </div>
      )}
    </>
  )
}
