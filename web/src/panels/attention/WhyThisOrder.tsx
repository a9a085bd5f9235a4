import { type AttentionKind, attentionKinds } from '@skep/shared/contract/attention'
import { attentionMarks } from '@skep/shared/vocabulary'
import { Mark } from '../../ui/Mark.tsx'
import styles from './WhyThisOrder.module.css'

/** Why each kind stands where it does: the worse it gets by waiting, the higher. */
const reasons: Record<AttentionKind, string> = {
  quorum: 'Managers at or below quorum: one more loss and nothing can be changed at all.',
  'service-down': 'Service down: nobody is served.',
  'update-paused': 'Paused update or rollback: it waits for a decision, half done.',
  'rolled-back': 'Rolled back: what was asked for is not what runs.',
  'rotation-stopped':
    'Rotation stopped: some services have the new secret or config, others the old one.',
  'service-degraded': 'Service degraded: it serves, with less than was asked for.',
  unplaced: 'Tasks that cannot be placed: they wait for room that is not there.',
  'node-down': 'Node down: its tasks are replaced, its data is not.',
  stuck: 'Stuck: something is in motion for longer than it should be.',
  'state-stranded': 'Data stranded: a node that is down holds the only copy of something.',
  misplaced: 'Misplaced: a service runs beside an empty volume, its data is elsewhere.',
  'replicas-on-local':
    'Replicas on local storage: each has its own truth, and they drift apart.',
  flapping: 'Flapping: three failures in ten minutes, though the count is right.',
  'window-closed':
    'Rollback window over: an old secret or config is kept for nobody any more.',
  posture: 'Posture: nothing is wrong yet. It never outranks what is.',
}

/** The fixed order of attention, explained on request. */
export function WhyThisOrder() {
  return (
    <details className={styles.why}>
      <summary>Why this order</summary>
      <ol>
        {attentionKinds.map((kind) => (
          <li key={kind}>
            <Mark mark={attentionMarks[kind]} tone="neutral" size={12} />
            {reasons[kind]}
          </li>
        ))}
      </ol>
    </details>
  )
}
