import type { Rollout } from '@skep/shared/contract/rollout'
import type { Service } from '@skep/shared/contract/service'
import { Meter } from '../ui/Meter.tsx'
import styles from './Tracker.module.css'

/** How far the tasks have come, in one bar: the page beneath has the whole picture. */
export function Lanes({ service }: { service: Service }) {
  const { rollout, running, completed, desired, mode } = service
  if (rollout) return <RolloutLanes rollout={rollout} />
  const isJob = mode === 'replicated-job' || mode === 'global-job'
  const done = isJob ? completed : running
  return (
    <Meter value={done} max={desired}>
      {done} of {desired} {isJob ? 'completed' : 'running'}
    </Meter>
  )
}

const laneOrder = ['updated', 'verifying', 'inFlight', 'toUpdate'] as const
const laneWords = {
  update: {
    updated: 'updated',
    verifying: 'verifying',
    inFlight: 'in flight',
    toUpdate: 'to update',
  },
  rollback: {
    updated: 'rolled back',
    verifying: 'verifying',
    inFlight: 'in flight',
    toUpdate: 'to roll back',
  },
} as const

function RolloutLanes({ rollout: { lanes, kind } }: { rollout: Rollout }) {
  return (
    <div className={styles.lanes}>
      <div className={styles.bar} aria-hidden="true">
        {laneOrder.map((key) => (
          <span
            key={key}
            data-lane={key}
            data-none={lanes[key] === 0 || undefined}
            style={{ flexGrow: lanes[key] }}
          />
        ))}
      </div>
      <ul aria-label="Slots by lane">
        {laneOrder.map((key) => (
          <li key={key} data-none={lanes[key] === 0 || undefined}>
            <span className={styles.key} data-lane={key} aria-hidden="true" />
            <strong>{lanes[key]}</strong> {laneWords[kind][key]}
          </li>
        ))}
        <li className={styles.total}>of {lanes.total}</li>
      </ul>
    </div>
  )
}
