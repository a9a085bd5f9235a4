import {
  type ConsumerRole,
  ConsumerRole as Roles,
  type StoredEntry,
} from '@skep/shared/contract/stored'
import { pages } from '@skep/shared/paths'
import { consumerRoleWords } from '@skep/shared/vocabulary'
import { Mark } from '../../ui/Mark.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { counted } from '../../ui/words.ts'
import styles from './Stored.module.css'
import { leadingRole } from './stored-words.ts'

/** Names shown of each role; past these, how many more. */
const limit = 2

/** The services that use one, by why they count, and the cluster volumes, in a line. */
export function UsedBy({
  consumers,
  volumes,
  flags,
}: Pick<StoredEntry, 'consumers' | 'volumes' | 'flags'>) {
  const drivers = [...new Set(volumes.map(({ volume }) => volume))]
  if (consumers.length + drivers.length === 0)
    return (
      <span className={styles.none}>
        {flags.includes('unused') ? 'nobody' : 'no service'}
      </span>
    )
  const byRole = Map.groupBy(consumers, leadingRole)
  return (
    <span className={styles.used}>
      {Roles.options.flatMap((role) => {
        const those = byRole.get(role)
        return those ? [<RoleNames key={role} role={role} consumers={those} />] : []
      })}
      {drivers.length > 0 && (
        <span className={styles.none} title={`Cluster volumes: ${drivers.join(', ')}`}>
          the driver of {counted(drivers.length, 'cluster volume')}
        </span>
      )}
    </span>
  )
}

function RoleNames({
  role,
  consumers,
}: {
  role: ConsumerRole
  consumers: StoredEntry['consumers']
}) {
  const { mark, tone, label, meaning } = consumerRoleWords[role]
  const names = consumers.map(({ service }) => service)
  const more = names.length - limit
  return (
    <span className={styles.role} title={`${label}: ${names.join(', ')}. ${meaning}`}>
      {role !== 'current' && <Mark mark={mark} tone={tone} size={12} label={label} />}
      {names.slice(0, limit).map((name) => (
        <RowLink key={name} to={pages.service(name)}>
          {name}
        </RowLink>
      ))}
      {more > 0 && <span>{more} more</span>}
      {role !== 'current' && <span className={styles.none}>({label.toLowerCase()})</span>}
    </span>
  )
}
