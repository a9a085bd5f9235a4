import type { ClusterVolume } from '@skep/shared/contract/volume'
import { publishStateWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import styles from './Volumes.module.css'

/** The nodes that a cluster volume was brought to; null: the swarm tells nothing of it. */
export function Published({ cluster }: { cluster: ClusterVolume | null }) {
  if (cluster === null) return <span className={styles.quiet}>not known here</span>
  const { published } = cluster
  if (published.length === 0) return <span className={styles.quiet}>on no node now</span>
  return (
    <ul className={styles.lines}>
      {published.map(({ node, state }) => (
        <li key={node} data-published={node} data-state={state}>
          <Link to="/nodes/$name" params={{ name: node }}>
            {node}
          </Link>{' '}
          <span className={styles.quiet}>{publishStateWords[state]}</span>
        </li>
      ))}
    </ul>
  )
}
