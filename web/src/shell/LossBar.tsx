import type { Swarm } from '@skep/shared/contract/swarm'
import { linkWords, swarmWords } from '@skep/shared/vocabulary'
import type { Link } from '../cluster/link.ts'
import { useLink, useStatus } from '../cluster/status.ts'
import { Mark } from '../ui/Mark.tsx'
import { Prose } from '../ui/Prose.tsx'
import { Quote } from '../ui/Quote.tsx'
import { clockTime } from '../ui/time.ts'
import styles from './Bar.module.css'
import { lossSentence } from './words.ts'

/**
 * Says that what is on the screen is old news, why, and what to do. The hop that failed
 * first hides what lies behind it: without the console nothing is known of the swarm.
 */
export function LossBar() {
  const link = useLink()
  const swarm = useStatus((status) => status.swarm)
  const asOf = useStatus((status) => status.asOf)
  const loss = lossOf(link, swarm, asOf)
  if (!loss) return null
  return (
    <div className={styles.bar} data-loss={loss.kind}>
      <Mark mark={loss.mark} tone={loss.tone} />
      <div className={styles.words}>
        <p>
          <strong>{loss.sentence}</strong> {loss.meaning}
        </p>
        {loss.next && (
          <p>
            <Prose>{loss.next}</Prose>
          </p>
        )}
        {loss.cause && <Quote lines={3}>{loss.cause}</Quote>}
      </div>
    </div>
  )
}

function lossOf(link: Link, swarm: Swarm | null, asOf: number | null) {
  const meaning = 'This is what was true then.'
  const lost = link.state === 'lost'
  if (lost && link.hop === 'console') {
    const sentence = lossSentence(link)
    return {
      kind: 'console',
      ...linkWords.lost,
      sentence,
      meaning,
      next: null,
      cause: null,
    }
  }
  if (swarm && swarm.state !== 'live') {
    const { state, sentence, next, cause } = swarm
    const shown = asOf === null ? null : `What is shown was true at ${clockTime(asOf)}.`
    return { kind: state, ...swarmWords[state], sentence, meaning: shown, next, cause }
  }
  if (!lost) return null
  const sentence = lossSentence(link)
  return { kind: 'swarm', ...linkWords.lost, sentence, meaning, next: null, cause: null }
}
