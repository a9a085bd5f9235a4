import '@mantine/core/styles/Popover.layer.css'
import { Popover, Tooltip } from '@mantine/core'
import { linkWords, swarmWords } from '@skep/shared/vocabulary'
import { useLink, useStatus } from '../cluster/status.ts'
import { Mark } from '../ui/Mark.tsx'
import { clockTime, duration } from '../ui/time.ts'
import styles from './LinkState.module.css'
import { feedWords, linkPhrase } from './words.ts'

/** How fresh everything on the screen is, in one word; the two hops behind it on demand. */
export function LinkState() {
  const link = useLink()
  const swarm = useStatus((status) => status.swarm)
  const { word, age } = linkPhrase(link, swarm)
  const told = link.state === 'live' && swarm && swarm.state !== 'live'
  const { mark, tone } = told ? swarmWords[swarm.state] : linkWords[link.state]
  const feed = swarm && feedWords[swarm.feed]
  return (
    <Popover position="bottom-end" width={320} trapFocus returnFocus>
      <Tooltip label={feed ? `${feed.label}: ${feed.meaning}` : 'Not connected yet'}>
        <Popover.Target>
          <button type="button" className={styles.link} data-state={link.state}>
            <Mark mark={mark} tone={tone} size={12} />
            <span className={styles.word}>{word}</span>
            {age && <span className={styles.age}>· {age}</span>}
          </button>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown aria-label="Connection">
        <Connection />
      </Popover.Dropdown>
    </Popover>
  )
}

function Connection() {
  const link = useLink()
  const swarm = useStatus((status) => status.swarm)
  if (!swarm) return <p>The console has not answered yet.</p>
  const { managers } = swarm
  const facts: [string, string | null][] = [
    ['Swarm', swarm.sentence],
    ['Newest fact', link.age === null ? null : `${duration(link.age)} old`],
    ['True at', link.since === null ? null : clockTime(link.since)],
    ['Told by', feedWords[swarm.feed].label],
    ['Endpoint', swarm.endpoint],
    ['Leader', swarm.leader],
    ['Managers', `${managers.reachable} of ${managers.total} reachable`],
    ['Engine', swarm.engineVersion && `${swarm.engineVersion}, API ${swarm.apiVersion}`],
    ['Swarm id', swarm.id],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? 'not known'}</dd>
        </div>
      ))}
    </dl>
  )
}
