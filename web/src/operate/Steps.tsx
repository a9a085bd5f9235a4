import { Mark } from '../ui/Mark.tsx'
import type { MarkName } from '../ui/silhouettes.ts'
import { clockTime } from '../ui/time.ts'
import type { Tone } from '../ui/tone.ts'
import type { Step } from './operation-words.ts'
import styles from './Tracker.module.css'

const marks: Record<Step['state'], { mark: MarkName; tone: Tone; label: string }> = {
  done: { mark: 'disc-check', tone: 'ok', label: 'Done' },
  current: { mark: 'ring-turning', tone: 'progress', label: 'Under way' },
  ahead: { mark: 'disc-hollow', tone: 'neutral', label: 'Not reached' },
  failed: { mark: 'diamond-cross', tone: 'critical', label: 'Failed' },
  unknown: { mark: 'circle-dashed', tone: 'neutral', label: 'Not known' },
}

/** Requested, accepted, observed: with the times at which each was reached. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map(({ name, state, at, words }) => (
        <li
          key={name}
          data-state={state}
          aria-current={state === 'current' ? 'step' : undefined}
        >
          <Mark {...marks[state]} />
          <strong>{name}</strong>
          <span>{words}</span>
          {at && <time dateTime={at}>{clockTime(Date.parse(at))}</time>}
        </li>
      ))}
    </ol>
  )
}
