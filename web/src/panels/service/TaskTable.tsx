import { taskWord } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { Ago } from '../../ui/Ago.tsx'
import { Identifier } from '../../ui/Identifier.tsx'
import { ImageRef } from '../../ui/ImageRef.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Quote } from '../../ui/Quote.tsx'
import { clockTime } from '../../ui/time.ts'
import { useScrolls } from '../../ui/use-scrolls.ts'
import { counted } from '../../ui/words.ts'
import styles from './TaskTable.module.css'
import type { TaskGroup, TaskRow } from './task-groups.ts'

type TaskTableProps = {
  groups: TaskGroup[]
  /** The image asked for now: tasks of another show theirs. */
  image: string
  hasHealthCheck: boolean
}

/**
 * Tasks by slot: the one that holds it, and its predecessors hanging beneath it. Errors
 * are quoted whole, for that is what people come here for.
 */
export function TaskTable({ groups, image, hasHealthCheck }: TaskTableProps) {
  const [frame, scrolls] = useScrolls()
  return (
    <section
      ref={frame}
      className={styles.frame}
      aria-label="Tasks by slot"
      tabIndex={scrolls ? 0 : undefined}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Task</th>
            <th scope="col">Node</th>
            <th scope="col">Since</th>
            <th scope="col">The swarm says</th>
            <th scope="col">Id</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.key} data-slot={group.key}>
            <tr className={styles.slot}>
              <th scope="rowgroup" colSpan={5} className={styles.title}>
                {slotTitle(group)}
              </th>
            </tr>
            {group.tasks.map((task, place) => (
              <TaskLine
                key={task.id}
                task={task}
                past={place > 0 || !holds(task)}
                image={image}
                hasHealthCheck={hasHealthCheck}
              />
            ))}
            {group.tasks.length === 0 && (
              <tr>
                <td colSpan={5} className={styles.none}>
                  no task
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </section>
  )
}

function slotTitle({ key, number, asked, tasks }: TaskGroup) {
  const name = number === null ? `Node ${key}` : `Slot ${number}`
  const before = tasks.length - 1
  return (
    <>
      {name}
      <span className={styles.aside}>
        {asked ? '' : 'no longer asked for'}
        {asked && before > 0 && `${counted(before, 'task')} before`}
      </span>
    </>
  )
}

type TaskLineProps = {
  task: TaskRow
  past: boolean
  image: string
  hasHealthCheck: boolean
}

function TaskLine({ task, past, image, hasHealthCheck }: TaskLineProps) {
  const { mark, tone, label } = task.nodeLost
    ? ({ mark: 'circle-dashed', tone: 'neutral', label: 'Unknown' } as const)
    : taskWord(task.state, hasHealthCheck && !past)
  const other = task.image !== undefined && task.image !== image ? task.image : null
  return (
    <tr
      id={`task-${task.id}`}
      className={styles.task}
      data-past={past || undefined}
      data-task={task.id}
      data-state={task.state}
    >
      <th scope="row" className={styles.lead}>
        <span className={styles.state}>
          {/* What is over is no alarm: its mark keeps the shape and gives up the colour. Of
              two that overlap, as when the new one starts first, both are still wanted. */}
          <Mark mark={mark} tone={past && !holds(task) ? 'neutral' : tone} />
          {label}
          {task.exitCode !== null && task.exitCode !== 0 && `, exit ${task.exitCode}`}
        </span>
        {task.upToDate === false && !past && (
          <span className={styles.aside}>earlier spec</span>
        )}
      </th>
      <td className={styles.node}>
        {task.node ? (
          <Link to="/nodes/$name" params={{ name: task.node }}>
            {task.node}
          </Link>
        ) : (
          <span className={styles.aside}>not placed</span>
        )}
      </td>
      <td className={styles.since}>
        <time dateTime={task.since}>{clockTime(Date.parse(task.since))}</time>
        <span className={styles.aside}>
          <Ago at={task.since} as="past" dense />
        </span>
      </td>
      <td className={styles.said}>
        {task.error ? (
          <Quote>{task.error}</Quote>
        ) : (
          <span className={styles.message}>
            {task.nodeLost ? `last seen ${task.state}; its node is lost` : task.message}
          </span>
        )}
        {other && (
          <span className={styles.other}>
            <ImageRef reference={other} dense />
          </span>
        )}
      </td>
      <td className={styles.id}>
        <Identifier id={task.id} what="task id" />
      </td>
    </tr>
  )
}

/** Whether the swarm still wants this task, as opposed to remembering it. */
const holds = ({ desired }: TaskRow) =>
  desired === 'running' || desired === 'ready' || desired === 'complete'
