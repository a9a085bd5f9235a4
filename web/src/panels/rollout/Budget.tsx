import type { Rollout } from '@skep/shared/contract/rollout'
import { Explained } from '../../ui/Explained.tsx'
import { Meter } from '../../ui/Meter.tsx'
import styles from './Budget.module.css'
import { budgetWords, segments } from './budget-words.ts'

const whySeen =
  'As seen from here: a manager keeps the exact count and tells nobody. A slot counts once, however often it fails.'

/** How many failures are survived: a segment for each, and one for the failure that acts. */
export function Budget({ rollout }: { rollout: Rollout }) {
  const { seen, tolerated, action } = rollout.failures
  const bar = segments(rollout)
  const words = <Explained why={whySeen}>{budgetWords(rollout)}</Explained>
  if (!bar && tolerated !== null && action !== 'continue')
    return (
      <Meter value={seen} max={tolerated + 1}>
        {words}
      </Meter>
    )
  return (
    <div className={styles.budget}>
      {bar && (
        <span className={styles.segments} aria-hidden="true">
          {bar.map(({ failed, acts }, place) => (
            <i
              // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
              key={place}
              data-failed={failed || undefined}
              data-acts={acts || undefined}
            />
          ))}
        </span>
      )}
      {words}
    </div>
  )
}
