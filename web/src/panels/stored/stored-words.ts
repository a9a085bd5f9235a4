import type {
  Consumer,
  ConsumerRole,
  StoredEntry,
  StoredFlag,
  StoredKind,
} from '@skep/shared/contract/stored'
import { storedWords } from '@skep/shared/vocabulary'
import { counted } from '../../ui/words.ts'
import { flagCounts } from './stored-list.ts'

/** All in one sentence: "62 secrets, 4 used by nobody, 2 held only by a rollback target." */
export function storedSentence(
  kind: StoredKind,
  items: readonly Pick<StoredEntry, 'flags'>[],
): string {
  const { one, many } = storedWords[kind]
  if (items.length === 0) return `No ${many} yet.`
  const counts = flagCounts(items)
  const count = (flag: StoredFlag) => counts.get(flag) ?? 0
  const parts = [
    counted(items.length, one, many),
    count('unused') > 0 && `${count('unused')} used by nobody`,
    count('only-rollback') > 0 &&
      `${count('only-rollback')} held only by a rollback target`,
    count('rotation-due') > 0 && `${count('rotation-due')} due for rotation`,
    count('credential-like') > 0 && `${count('credential-like')} may hold a credential`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

/** The role that speaks for a consumer: the closest to what runs now. */
export function leadingRole(consumer: Pick<Consumer, 'roles'>): ConsumerRole {
  const order: ConsumerRole[] = ['current', 'older-task', 'rollback-target']
  return order.find((role) => consumer.roles.includes(role)) ?? 'current'
}

/**
 * One sentence for the page of one: "is used by 3 services." That nobody else uses it is for
 * its flags to say: of cluster volumes it may not be known.
 */
export function usedSentence({
  consumers,
  volumes,
  flags,
}: Pick<StoredEntry, 'consumers' | 'volumes' | 'flags'>): string {
  const of = (role: ConsumerRole) =>
    consumers.filter((consumer) => leadingRole(consumer) === role).length
  const now = of('current')
  const older = of('older-task')
  const rollback = of('rollback-target')
  const drivers = new Set(volumes.map(({ volume }) => volume)).size
  if (consumers.length + drivers === 0) {
    return flags.includes('unused')
      ? 'is used by nobody.'
      : 'is used by no service. Whether a cluster volume needs it cannot be told.'
  }
  const onlyRollback = now + older > 0 ? drivers === 0 : flags.includes('only-rollback')
  const parts = [
    now > 0 && `is used by ${counted(now, 'service')}`,
    older > 0 &&
      `${now > 0 ? '' : 'is '}held by running tasks of ${counted(older, 'older spec')}`,
    rollback > 0 &&
      `${now + older > 0 ? '' : 'is '}held ${onlyRollback ? 'only ' : ''}by the rollback target of ${counted(rollback, 'service')}`,
    drivers > 0 &&
      `${consumers.length > 0 ? '' : 'is '}given to the driver of ${counted(drivers, 'cluster volume')}`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

/** A family and its version, set apart: what is before the version, it, and what is after. */
export function nameParts({ name, version }: Pick<StoredEntry, 'name' | 'version'>): {
  before: string
  version: string
  after: string
} {
  const at = version === null || version === '' ? -1 : name.lastIndexOf(version)
  if (version === null || at < 0) return { before: name, version: '', after: '' }
  return { before: name.slice(0, at), version, after: name.slice(at + version.length) }
}
