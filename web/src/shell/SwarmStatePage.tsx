import { swarmWords } from '@skep/shared/vocabulary'
import { useStatus } from '../cluster/status.ts'
import { Ago } from '../ui/Ago.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Prose } from '../ui/Prose.tsx'
import { Quote } from '../ui/Quote.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import styles from './SwarmStatePage.module.css'

/** The page while nothing was ever read of the swarm: what is the matter, and what next. */
export function SwarmStatePage() {
  const swarm = useStatus((status) => status.swarm)
  const away = useStatus(({ link }) => link.state === 'lost' && link.hop === 'console')
  if (away) return <ConsoleAway />
  if (!swarm) return <Waiting label="Connecting to the console" />
  if (swarm.state === 'live') return <Waiting label="Reading the swarm" />

  const { mark, tone } = swarmWords[swarm.state]
  return (
    <>
      <PageHeader verdict={swarm.sentence} status={{ mark, tone }}>
        <span>
          For <Ago at={swarm.since} />
        </span>
        <code className={styles.endpoint}>{swarm.endpoint}</code>
      </PageHeader>
      {swarm.next && (
        <p className={styles.next}>
          <Prose>{swarm.next}</Prose>
        </p>
      )}
      {swarm.cause && (
        <section className={styles.cause} aria-label="In the words of the engine">
          <Quote>{swarm.cause}</Quote>
        </section>
      )}
    </>
  )
}

function ConsoleAway() {
  return (
    <>
      <PageHeader
        verdict="No connection to the console."
        status={{ mark: 'circle-dashed', tone: 'neutral' }}
      />
      <p className={styles.next}>
        It is tried again by itself. Check that the console is running and that{' '}
        <code>{location.origin}</code> is reached from this machine.
      </p>
    </>
  )
}

function Waiting({ label }: { label: string }) {
  return (
    <>
      <h1 tabIndex={-1} className={styles.quiet}>
        {label}
      </h1>
      <Skeleton rows={6} label={label} />
    </>
  )
}
