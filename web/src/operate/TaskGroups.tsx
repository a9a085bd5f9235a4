import type { AffectedTask } from '@skep/shared/contract/node-preview'
import { dataWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ServiceName } from '../panels/state/ServiceName.tsx'
import { Button } from '../ui/Button.tsx'
import { Mark } from '../ui/Mark.tsx'
import { counted } from '../ui/words.ts'
import { Changed } from './Changed.tsx'
import { rowKey } from './marks.ts'
import styles from './TaskGroups.module.css'
import {
  absenceSentence,
  candidateWords,
  type ServiceTasks,
  type Sort,
  slotWords,
  type TaskGroup,
  taskGroups,
} from './task-groups.ts'

type TaskGroupsProps = {
  tasks: AffectedTask[]
  /** By `rowKey.task`. */
  changed: ReadonlySet<string>
}

/** A group of no more services than this is shown at once. */
const openUpTo = 3

/** What becomes of every task that a command touches, in groups with their counts. */
export function TaskGroups({ tasks, changed }: TaskGroupsProps) {
  const groups = taskGroups(tasks)
  const absence = absenceSentence(groups)
  return (
    <section className={styles.groups} aria-label="What becomes of the tasks">
      {groups.map((group) => (
        <Group key={group.key} group={group} changed={changed} />
      ))}
      {absence && tasks.length > 0 && <p className={styles.absence}>{absence}</p>}
    </section>
  )
}

/** As many services as are read one by one. */
const shownFirst = 12

function Group({ group, changed }: { group: TaskGroup; changed: ReadonlySet<string> }) {
  const { key, word, meaning, count, services, isRisk } = group
  const [open, setOpen] = useState(isRisk || services.length <= openUpTo)
  const [all, setAll] = useState(false)
  const shown = all ? services : services.slice(0, shownFirst)
  const isNews = services.some(({ sorts }) => sorts.some((one) => isChanged(one, changed)))
  return (
    <details
      className={styles.group}
      data-group={key}
      data-tone={isRisk ? word.tone : undefined}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <Mark mark={word.mark} tone={word.tone} />
        <strong>{word.label}</strong>
        <span className={styles.count}>
          {counted(count, 'task')}
          {services.length > 1 && ` of ${services.length} services`}
        </span>
        {isNews && <Changed />}
      </summary>
      {open && (
        <>
          <p className={styles.meaning}>{meaning}</p>
          <ul>
            {shown.map((one) => (
              <ServiceRow key={one.service} group={key} of={one} changed={changed} />
            ))}
          </ul>
          {shown.length < services.length && (
            <Button onClick={() => setAll(true)}>
              Show {counted(services.length - shown.length, 'more service')}
            </Button>
          )}
        </>
      )}
    </details>
  )
}

type ServiceRowProps = {
  group: TaskGroup['key']
  of: ServiceTasks
  changed: ReadonlySet<string>
}

function ServiceRow({ group, of: { service, count, sorts }, changed }: ServiceRowProps) {
  return (
    <li className={styles.service} data-service={service}>
      <p className={styles.name}>
        <ServiceName name={service} />
        <span className={styles.count}>{counted(count, 'task')}</span>
      </p>
      {sorts.map((sort) => (
        <SortOfTask key={sort.one.task} group={group} sort={sort} changed={changed} />
      ))}
    </li>
  )
}

type SortProps = {
  group: TaskGroup['key']
  sort: Sort
  changed: ReadonlySet<string>
}

function SortOfTask({ group, sort, changed }: SortProps) {
  const { one, tasks } = sort
  const facts = [
    tasks.length > 1 ? slotWords(tasks) : null,
    ...(group === 'data' ? [] : factsOf(one)),
  ].filter((part) => part !== null)
  return (
    <div className={styles.sort}>
      <p>
        {group === 'data' && (
          <strong className={styles.data}>{dataWords[one.data].label}: </strong>
        )}
        {group === 'data' ? (one.dataWhy ?? 'No reason is known.') : one.why}{' '}
        {isChanged(sort, changed) && <Changed />}
      </p>
      <p className={styles.facts}>
        {tasks.length === 1 && (
          <>
            <TaskLink task={one} /> {one.state}
            {facts.length > 0 && ' · '}
          </>
        )}
        {facts.join(' · ')}
      </p>
      {tasks.length > 1 && <Tasks tasks={tasks} />}
    </div>
  )
}

/** What is known besides the reason, where that did not say it already. */
function factsOf({ outcome, candidates, blockedBy, why }: AffectedTask) {
  const goes = outcome === 'moves' || outcome === 'may-wait' || outcome === 'fails'
  return [
    goes ? candidateWords(candidates) : null,
    blockedBy !== null && !why.includes(blockedBy) ? blockedBy : null,
  ]
}

/** Every single one, on request. */
function Tasks({ tasks }: { tasks: AffectedTask[] }) {
  const [open, setOpen] = useState(false)
  return (
    <details
      className={styles.tasks}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Each task</summary>
      {open && (
        <ul>
          {tasks.map((task) => (
            <li key={task.task}>
              <TaskLink task={task} />
              <code>{task.task.slice(0, 12)}</code>
              <span>{task.state}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

const TaskLink = ({ task: { task, service, slot } }: { task: AffectedTask }) => (
  <Link
    to="/services/$name/tasks"
    params={{ name: service }}
    search={{ slot }}
    hash={`task-${task}`}
  >
    {service}.{slot}
  </Link>
)

const isChanged = ({ tasks }: Sort, changed: ReadonlySet<string>): boolean =>
  changed.size > 0 && tasks.some((task) => changed.has(rowKey.task(task)))
