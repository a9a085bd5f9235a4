import type { Slot } from '@skep/shared/contract/service'
import type { Task } from '@skep/shared/contract/task'
import { slotWords, taskWords } from '@skep/shared/vocabulary'
import { Ago } from '../../ui/Ago.tsx'
import { Quote } from '../../ui/Quote.tsx'
import { clockTime } from '../../ui/time.ts'
import type { Course } from './phase-words.ts'
import styles from './SlotGrid.module.css'
import { phaseWord, restartWords, slotName, specOf } from './slot-words.ts'

/** What there is to say of a slot: its state, since when, where, and the swarm's words. */
export function SlotDetail({ slot, course }: { slot: Slot; course: Course | null }) {
  const { label } = slotWords[slot.status]
  const status = label.toLowerCase()
  const phase = phaseWord(slot, course)
  const restarts = restartWords(slot)
  const [first, ...others] = slot.tasks
  return (
    <div className={styles.detail}>
      <p>
        <strong>{slotName(slot)}</strong> {status}
        {phase && phase !== status && `, ${phase}`}
      </p>
      {first ? <TaskDetail task={first} known={label} /> : <p>No task holds it.</p>}
      {others.map((task) => (
        <div key={task.id} className={styles.second}>
          <p>A second task, {taskWords[task.state].label.toLowerCase()}</p>
          <TaskDetail task={task} known={taskWords[task.state].label} />
        </div>
      ))}
      {restarts && <p className={styles.facts}>{restarts}</p>}
    </div>
  )
}

/** @param known what has been said of the state already */
function TaskDetail({ task, known }: { task: Task; known: string }) {
  const { since, node, message, error, nodeLost, state } = task
  const { label } = taskWords[state]
  const said = error || (message.toLowerCase() === label.toLowerCase() ? null : message)
  return (
    <>
      <p className={styles.facts}>
        {nodeLost && 'last seen '}
        {label !== known && `${label.toLowerCase()} `}
        for <Ago at={since} dense />, since {clockTime(Date.parse(since))}
      </p>
      <p className={styles.facts}>
        {[node ? `on ${node}` : 'not placed', specOf(task)].filter(Boolean).join(', ')}
      </p>
      {said && <Quote lines={4}>{said}</Quote>}
    </>
  )
}
