import { useSession } from '../cluster/SessionProvider.tsx'
import { useHold } from '../cluster/status.ts'
import { Button } from '../ui/Button.tsx'
import { KeyHint } from '../ui/KeyHint.tsx'
import { clockTime } from '../ui/time.ts'
import styles from './Bar.module.css'

/** The view is held: since when, and how much waits. */
export function HoldBar() {
  const session = useSession()
  const hold = useHold()
  if (!hold) return null
  const { since, waiting } = hold
  const changes =
    waiting === 0
      ? 'Nothing has changed since.'
      : `${waiting} ${waiting === 1 ? 'change is' : 'changes are'} waiting.`
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <p>
          <strong>Held at {clockTime(since)}.</strong> {changes}
        </p>
      </div>
      <Button onClick={() => session.toggleHold()}>
        Let the view run <KeyHint keys="p" />
      </Button>
    </div>
  )
}
