import type { Node } from '@skep/shared/contract/node'
import { isOpen, type Operation } from '@skep/shared/contract/operation'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useNode, useServices } from '../cluster/queries.ts'
import { Meter } from '../ui/Meter.tsx'
import { Prose } from '../ui/Prose.tsx'
import { counted } from '../ui/words.ts'
import { leftOn } from './left-on-node.ts'
import { afterwardsOf } from './marks.ts'
import styles from './NodeProgress.module.css'
import { useAnswered } from './operation-query.ts'

const notBack = 'do not move back by themselves'

/** How far a command on a node has come, from what the node holds at this instant. */
export function NodeProgress({ operation }: { operation: Operation }) {
  const { kind, subject } = operation
  const node = useNode(subject.name)
  const answered = useAnswered(operation.id)
  if (kind === 'activate') {
    // Said once: the outcome says it too, and the preview says what would spread them.
    const plain = operation.sentence.includes(notBack) ? null : `Tasks ${notBack}.`
    const words = (answered && afterwardsOf(answered)) ?? plain
    return (
      words && (
        <section className={styles.progress}>
          <h3>Afterwards</h3>
          <p>
            <Prose>{words}</Prose>
          </p>
        </section>
      )
    )
  }
  if (kind !== 'drain' || !node || node.availability !== 'drain') return null
  return <Draining node={node} open={isOpen(operation)} />
}

function Draining({ node, open }: { node: Node; open: boolean }) {
  const { byService, stopping } = leftOn(node, Object.values(useServices()))
  const left = byService.reduce((sum, { tasks }) => sum + tasks, 0) + stopping
  const jobs = byService.filter(({ isJob }) => isJob)
  // The most that was seen: how many there were at the start, for who opened it in time.
  const [most, setMost] = useState(left)
  if (left > most) setMost(left)
  return (
    <section className={styles.progress} aria-label={`What is left on ${node.name}`}>
      <h3>{left === 0 ? `Nothing is left on ${node.name}` : `Left on ${node.name}`}</h3>
      {open && most > 0 && (
        <Meter value={most - left} max={most}>
          {counted(left, 'task')} of {most} left
        </Meter>
      )}
      {left > 0 && (
        <ul className={styles.left}>
          {byService.map(({ service, tasks, isJob }) => (
            <li key={service} data-service={service}>
              <Link to="/services/$name" params={{ name: service }}>
                {service}
              </Link>
              <span>{counted(tasks, 'task')}</span>
              {isJob && <span>runs until it is complete</span>}
            </li>
          ))}
          {stopping > 0 && <li>{counted(stopping, 'task')} stopping</li>}
        </ul>
      )}
      {jobs.length > 0 && <p>A drain does not stop the tasks of jobs.</p>}
    </section>
  )
}
