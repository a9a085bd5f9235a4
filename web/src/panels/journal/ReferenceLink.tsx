import type { Reference } from '@skep/shared/contract/preview'
import { Link } from '@tanstack/react-router'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './ReferenceLink.module.css'

type ReferenceLinkProps = {
  reference: Reference
  /** Whose task it is, if it is one: tasks have no page of their own. */
  service: string | null
}

/** Whatever an entry concerns: a link where it has a page, else its kind and its name. */
export function ReferenceLink({ reference, service }: ReferenceLinkProps) {
  const { kind, name } = reference
  switch (kind) {
    case 'service':
      return (
        <Link to="/services/$name" params={{ name }}>
          {name}
        </Link>
      )
    case 'node':
      return (
        <Link to="/nodes/$name" params={{ name }}>
          {name}
        </Link>
      )
    case 'swarm':
      return <Link to="/nodes">the swarm</Link>
    case 'network':
      return (
        <Link to="/networks" search={{ q: name }}>
          {name}
        </Link>
      )
    case 'task':
      return <Task id={name} service={service} />
    case 'secret':
    case 'config':
    case 'volume':
    case 'image':
      return (
        <span className={styles.plain}>
          {kind} <span className={styles.name}>{name}</span>
        </span>
      )
  }
}

function Task({ id, service }: { id: string; service: string | null }) {
  const words = (
    <>
      <VisuallyHidden>task </VisuallyHidden>
      <code>{id.slice(0, 12)}</code>
    </>
  )
  if (service === null)
    return (
      <span className={styles.plain} title={`task ${id}`}>
        {words}
      </span>
    )
  return (
    <Link
      to="/services/$name/tasks"
      params={{ name: service }}
      hash={`task-${id}`}
      className={styles.task}
      title={`task ${id}`}
    >
      {words}
    </Link>
  )
}
