import type { Stored, StoredMount } from '@skep/shared/contract/stored'
import { consumerRoleWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { Mark } from '../../ui/Mark.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { counted } from '../../ui/words.ts'
import { ServiceName } from '../state/ServiceName.tsx'
import styles from './Consumers.module.css'

/** Who uses it, why that counts, where the file is in there and who may read it. */
export function Consumers({ consumers, volumes }: Pick<Stored, 'consumers' | 'volumes'>) {
  if (consumers.length + volumes.length === 0)
    return <p>No spec, running task or rollback target names it.</p>
  return (
    <ul className={styles.consumers}>
      {consumers.map(({ service, roles, tasks, mounts }) => (
        <li key={service} data-service={service} data-roles={roles.join(' ')}>
          <div className={styles.head}>
            <ServiceName name={service} />
            {roles.map((role) => {
              const { meaning, ...word } = consumerRoleWords[role]
              // What its spec names anyway is held by nothing else in particular.
              const isBesides = role !== 'current' && roles.includes('current')
              return (
                <span key={role} title={meaning}>
                  <StatusLabel
                    {...word}
                    {...(isBesides && { mark: 'disc-hollow', tone: 'neutral' })}
                  />
                </span>
              )
            })}
            <span className={styles.age}>
              {tasks === 0
                ? 'no running task holds it'
                : `held by ${counted(tasks, 'running task')}`}
            </span>
          </div>
          {!roles.includes('current') &&
            roles.map((role) => (
              <p key={role} className={styles.meaning}>
                {consumerRoleWords[role].meaning}
              </p>
            ))}
          {mounts.map((mount) => (
            <Mount key={mount.target} mount={mount} />
          ))}
        </li>
      ))}
      {volumes.map(({ volume, key }) => (
        <li key={`${volume} ${key}`} data-volume={volume}>
          <div className={styles.head}>
            <Link to="/volumes" search={{ q: volume }}>
              {volume}
            </Link>
            <span className={styles.age}>
              cluster volume: its driver is given it as <code>{key}</code>
            </span>
          </div>
          <p className={styles.meaning}>
            A volume cannot be given another secret, and the engine does not look at this
            before it removes one.
          </p>
        </li>
      ))}
    </ul>
  )
}

function Mount({ mount: { target, uid, gid, mode, finding } }: { mount: StoredMount }) {
  return (
    <p className={styles.mount}>
      <code>{target}</code>
      <span>
        owner {uid || '0'}:{gid || '0'}
      </span>
      <span>mode {mode}</span>
      {finding && (
        <span className={styles.finding}>
          <Mark mark="triangle" tone="warning" />
          {finding}
        </span>
      )}
    </p>
  )
}
