import type { SpecVersion } from '@skep/shared/contract/journal'
import { Link } from '@tanstack/react-router'
import { useCluster } from '../../cluster/queries.ts'
import { useClock } from '../../ui/clock.ts'
import { ImageRef } from '../../ui/ImageRef.tsx'
import { exactTime } from '../../ui/time.ts'
import { FieldChanges, isImage } from './FieldChanges.tsx'
import { momentOf } from './journal-words.ts'
import styles from './SpecVersions.module.css'

type ItemProps = {
  service: string
  version: SpecVersion
  /** The oldest that is kept: there is none to compare it with. */
  isFirst: boolean
}

/** One version: when, by whom, which image, and what it changed. */
export function SpecVersionItem({ service, version, isFirst }: ItemProps) {
  const {
    version: number,
    seenAt,
    image,
    actor,
    changes,
    current,
    rollbackTarget,
  } = version
  const now = useClock((clock) => Math.floor(clock.now() / 60_000)) * 60_000
  const at = Date.parse(seenAt)
  const restarts = changes.some((change) => change.restarts)
  return (
    <li className={styles.version} data-version={number} data-row>
      <div className={styles.head}>
        <h3>Version {number}</h3>
        {current && <span className={styles.badge}>current</span>}
        {rollbackTarget && <span className={styles.badge}>rollback target</span>}
        {!current && <Restore service={service} version={version} />}
      </div>
      <p className={styles.meta}>
        <time dateTime={seenAt} title={exactTime(at)}>
          {momentOf(at, now)}
        </time>
        <span>{authorOf(actor, isFirst)}</span>
        {changes.length > 0 && (
          <span>{restarts ? 'replaced tasks' : 'no task replaced'}</span>
        )}
      </p>
      {!changes.some(isImage) && (
        <p className={styles.image}>
          <ImageRef reference={image} length={26} dense />
        </p>
      )}
      {changes.length > 0 ? (
        <FieldChanges
          changes={changes}
          isMixed={restarts && changes.some((change) => !change.restarts)}
        />
      ) : (
        <p className={styles.none}>
          {isFirst
            ? 'The first that is kept: there is none to compare it with.'
            : 'Nothing differs that is shown here.'}
        </p>
      )}
    </li>
  )
}

function authorOf(actor: string | null, isFirst: boolean): string {
  if (actor !== null) return `by ${actor}`
  return isFirst ? 'found as it was' : 'not asked for here'
}

/** To the preview of bringing it back; or why that cannot be. */
function Restore({ service, version }: { service: string; version: SpecVersion }) {
  const readOnly = useCluster((cluster) => cluster.readOnly)
  const reason = readOnly
    ? 'This console is read-only'
    : version.restorable
      ? null
      : 'Not kept whole: values of variables need a key to be kept'
  if (reason !== null)
    return (
      <>
        <button type="button" className={styles.restore} disabled>
          Restore
        </button>
        <span className={styles.reason}>{reason}.</span>
      </>
    )
  return (
    <Link
      to="/services/$name/history"
      params={{ name: service }}
      search={(now) => ({ ...now, do: 'restore', version: String(version.version) })}
      className={styles.restore}
      resetScroll={false}
    >
      Restore<span className={styles.hidden}> version {version.version}</span>
    </Link>
  )
}
