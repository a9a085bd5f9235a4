import { Button } from '../ui/Button.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'

/** A page whose code has not come in the time that is given to it. */
export function PendingPage() {
  return (
    <PageHeader
      verdict="This page is slow to load."
      status={{ mark: 'circle-dashed', tone: 'neutral' }}
      actions={<Button onClick={() => location.reload()}>Load the console anew</Button>}
    >
      <span>It shows as soon as its code is here. The swarm is not affected.</span>
    </PageHeader>
  )
}
