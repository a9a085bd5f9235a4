import type { ErrorComponentProps } from '@tanstack/react-router'
import { Button } from '../ui/Button.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Quote } from '../ui/Quote.tsx'
import styles from './ErrorPage.module.css'

/** A page that failed while it was drawn: our fault, and the swarm has no part in it. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  return (
    <>
      <PageHeader
        verdict="This page failed."
        status={{ mark: 'triangle', tone: 'warning' }}
      >
        <span>The swarm is not affected, and nothing was changed.</span>
      </PageHeader>
      <div className={styles.body}>
        <Quote>{error instanceof Error ? error.message : String(error)}</Quote>
        <div className={styles.actions}>
          <Button onClick={reset}>Try again</Button>
          <Button onClick={() => location.reload()}>Load the console anew</Button>
        </div>
      </div>
    </>
  )
}
