import type { Service } from '@skep/shared/contract/service'
import { verdictWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { isPaused } from '../../operate/command-words.ts'
import { PausedWays } from '../../operate/PausedWays.tsx'
import { ServiceActions } from '../../operate/ServiceActions.tsx'
import { Ago } from '../../ui/Ago.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Quote } from '../../ui/Quote.tsx'
import { useShare } from '../../ui/use-share.ts'
import { StateBadge } from '../state/StateBadge.tsx'
import styles from './ServiceHeader.module.css'
import { predicates } from './service-words.ts'

/** The verdict on a service, its reason, and the swarm's own words where it gave any. */
export function ServiceHeader({ service }: { service: Service }) {
  const { name, convergence } = service
  const { verdict, sentence, since, stableAt, cause, culprit, certainty } = convergence
  const { mark, tone } = verdictWords[verdict]
  const filled = useFilled(since, stableAt)
  const paused = isPaused(service)
  return (
    <div className={styles.header} data-service={name} data-verdict={verdict}>
      <PageHeader
        subject={name}
        verdict={predicates[verdict]}
        status={{ mark, tone, ...(filled !== null && { filled }) }}
        actions={<ServiceActions service={service} />}
      >
        <span>{sentence}</span>
        <StateBadge state={service.state} />
        {since && (
          <span>
            For <Ago at={since} />
          </span>
        )}
        {certainty === 'image' && (
          <span title="This engine does not say which tasks are on the current spec">
            Compared by image only
          </span>
        )}
      </PageHeader>
      {(cause || paused) && (
        <div className={styles.cause} data-tone={tone}>
          {cause && <Quote>{cause}</Quote>}
          {culprit && (
            <Link
              to="/services/$name/tasks"
              params={{ name }}
              search={slotOf(service, culprit)}
              hash={`task-${culprit}`}
            >
              The task it names
            </Link>
          )}
          {paused && <PausedWays service={service} />}
        </div>
      )}
    </div>
  )
}

/** The slot that a task holds, for the address of the tasks tab. */
function slotOf({ slots }: Service, task: string) {
  const slot = slots.find(({ tasks }) => tasks.some(({ id }) => id === task))
  return slot ? { slot: slot.key } : {}
}

/** How much of the monitor window has passed, to a twentieth; null outside of one. */
function useFilled(since: string | null, stableAt: string | null): number | null {
  const from = Date.parse(since ?? '')
  const to = Date.parse(stableAt ?? '')
  return useShare(from, to)
}
