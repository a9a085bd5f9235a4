import type { Service } from '@skep/shared/contract/service'
import { Button } from '../ui/Button.tsx'
import { counted } from '../ui/words.ts'
import styles from './PausedWays.module.css'
import { useStandstill } from './standstill.ts'
import { useSheet } from './use-sheet.ts'

/** The three ways out of a paused update, each with what follows from it. */
export function PausedWays({ service }: { service: Service }) {
  const { open } = useSheet()
  const standstill = useStandstill()
  const { name } = service
  const ways = waysOf(service)
  const isRollback = service.update?.state === 'rollback_paused'
  return (
    <dl className={styles.ways} aria-label={`Ways out for ${name}`}>
      <div>
        <dt>
          <Way
            onOpen={() => open({ subject: 'service', name, kind: 'resume' })}
            standstill={standstill}
          >
            Resume the {isRollback ? 'rollback' : 'update'}
          </Way>
        </dt>
        <dd>{ways.resume}</dd>
      </div>
      <div>
        <dt>
          <Way
            onOpen={() => open({ subject: 'service', name, kind: 'rollback' })}
            standstill={standstill}
          >
            Roll back {name}
          </Way>
        </dt>
        <dd>{ways.rollback}</dd>
      </div>
      <div>
        <dt>Leave it paused</dt>
        <dd>{ways.leave}</dd>
      </div>
    </dl>
  )
}

type WayProps = { standstill: string | null; onOpen: () => void; children: React.ReactNode }

function Way({ standstill, onOpen, children }: WayProps) {
  return (
    <Button
      aria-disabled={standstill !== null}
      title={standstill ?? undefined}
      onClick={() => standstill === null && onOpen()}
    >
      {children}
    </Button>
  )
}

/** What follows, as swarmkit's updater and orchestrators do it while paused. */
function waysOf({ rollout, desired, upToDate, update }: Service) {
  const total = rollout?.lanes.total ?? desired
  const updated = rollout?.lanes.updated ?? upToDate
  const left = Math.max(0, total - updated)
  const rest = left > 0 ? `the other ${counted(left, 'task')}` : 'the rest'
  const isRollback = update?.state === 'rollback_paused'
  return {
    resume: `Replaces ${rest} by the same spec; what failed before can fail again.`,
    rollback: isRollback
      ? 'Brings back what the swarm holds as the previous spec, which the preview shows.'
      : 'Brings back the whole previous spec: image, replicas, labels and ports.',
    leave: `${updated} of ${total} stay updated. A task that ends is replaced by the new spec, so the mix can shift by itself.`,
  }
}
