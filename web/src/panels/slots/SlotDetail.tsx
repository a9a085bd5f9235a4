import type { Slot } from '@skep/shared/contract/service'
import type { Task } from '@skep/shared/contract/task'
import { slotWords, taskWords } from '@skep/shared/vocabulary'
import { Ago } from '../../ui/Ago.tsx'
import { Quote } from '../../ui/Quote.tsx'
import { clockTime } from '../../ui/time.ts'
import styles from './SlotGrid.module.css'
import { slotName, specOf } from './slot-faces.ts'

/** What there is to say of a slot: its state, since when, where, and the swarm's words. */
export function SlotDetail({ slot }: { slot: Slot }) {
  const { label } = slotWords[slot.status]
  const [first, ...others] = slot.tasks
  return (
    <div className={styles.detail}>
      <p>
        <strong>{slotName(slot)}</strong> {label.toLowerCase()}
      </p>
      {first ? <TaskDetail task={first} /> : <p>No task holds it.</p>}
      {others.map((task) => (
        <div key={task.id} className={styles.detail}>
          <p>Also {taskWords[task.state].label.toLowerCase()}</p>
          <TaskDetail task={task} />
        </div>
      ))}
    </div>
  )
}

function TaskDetail({ task }: { task: Task }) {
  const { since, node, message, error, nodeLost } = task
  const spec = specOf(task)
  return (
    <>
      <p className={styles.facts}>
        {nodeLost && 'last seen '}
        {taskWords[task.state].label.toLowerCase()} for <Ago at={since} dense />, since{' '}
        {clockTime(Date.parse(since))}
        {node && `, on ${node}`}
        {spec && `, ${spec}`}
      </p>
      {(error || message) && <Quote lines={4}>{error || message}</Quote>}
    </>
  )
}
