import type { Volume, VolumePlace } from '@skep/shared/contract/volume'
import { foundThereWords, volumeScopeWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { Ago } from '../../ui/Ago.tsx'
import { Breakable } from '../../ui/Breakable.tsx'
import type { Column } from '../../ui/column.ts'
import { Mark } from '../../ui/Mark.tsx'
import { counted } from '../../ui/words.ts'
import { ServiceName } from '../state/ServiceName.tsx'
import { Published } from './Published.tsx'
import styles from './Volumes.module.css'
import { clusterLines, mountSays, placeSays } from './volume-words.ts'

/** The columns of the list of volumes. */
export const volumeColumns: Column<Volume>[] = [
  {
    key: 'name',
    header: 'Volume',
    sortBy: ({ name }) => name,
    cell: ({ name }) => <strong title={name}>{name}</strong>,
  },
  {
    key: 'places',
    header: 'Where its data is',
    sortBy: ({ places, cluster }) => places.length + (cluster?.published.length ?? 0),
    cell: ({ places, scope, cluster }) =>
      scope === 'cluster' ? <Published cluster={cluster} /> : <Places places={places} />,
  },
  {
    key: 'scope',
    header: 'Scope',
    sortBy: ({ scope }) => volumeScopeWords[scope],
    cell: ({ scope, scopeWhy, driver, options, mounted, cluster }) => (
      <span className={styles.lines}>
        <span title={scopeWhy}>
          {volumeScopeWords[scope]}
          <span className={styles.quiet}>
            , driver {driver}
            {mounted !== null && `, mounts ${mounted}`}
            {options.length > 0 && `, with ${options.join(', ')}`}
          </span>
        </span>
        {/* The first line says as much of the usual case. */}
        {scope !== 'node-local' && <span className={styles.quiet}>{scopeWhy}</span>}
        {cluster &&
          clusterLines(cluster).map((line) => (
            <span key={line} className={styles.quiet}>
              {line}
            </span>
          ))}
      </span>
    ),
    wideOnly: true,
  },
  {
    key: 'consumers',
    header: 'Mounted by',
    sortBy: ({ consumers }) => consumers.length,
    cell: ({ consumers }) => <Mounts consumers={consumers} />,
    wideOnly: true,
  },
  {
    key: 'risks',
    header: 'Risks',
    sortBy: ({ risks }) => risks.length,
    cell: ({ risks }) => <Risks risks={risks} />,
    wideOnly: true,
  },
]

function Places({ places }: Pick<Volume, 'places'>) {
  if (places.length === 0) return <span className={styles.quiet}>not seen anywhere</span>
  return (
    <ul className={styles.lines}>
      {places.map((place) => (
        <li key={place.node} data-place={place.node}>
          <Link to="/nodes/$name" params={{ name: place.node }}>
            {place.node}
          </Link>{' '}
          <span className={styles.quiet}>
            <Use place={place} />
            {placeSays(place)}
          </span>
          {place.found && (
            <span className={styles.risk} data-found={place.found}>
              <Mark mark="triangle" tone="warning" size={12} label="Risk" />
              <span>{foundThereWords[place.found]}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Since when tasks use it there, or when the last one did; nothing where none was seen. */
function Use({ place: { seenFrom, seenTo } }: { place: VolumePlace }) {
  if (seenTo !== null)
    return (
      <>
        last in use <Ago at={seenTo} as="past" dense />,{' '}
      </>
    )
  return (
    seenFrom !== null && (
      <>
        in use for <Ago at={seenFrom} dense />,{' '}
      </>
    )
  )
}

function Mounts({ consumers }: Pick<Volume, 'consumers'>) {
  if (consumers.length === 0) return <span className={styles.quiet}>no service</span>
  return (
    <ul className={styles.lines}>
      {consumers.map(({ service, target, running, ...how }) => (
        <li key={`${service} ${target}`}>
          <ServiceName name={service} />
          <span className={styles.use}>
            {running} running, at{' '}
            <code>
              <Breakable text={target} />
            </code>
            {mountSays(how)}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The weightiest risk in its sentence; the others where one asks for them. */
export function Risks({ risks }: Pick<Volume, 'risks'>) {
  const [first, ...others] = risks
  if (!first) return null
  return (
    <div className={styles.lines}>
      <Risk of={first} />
      {others.length > 0 && (
        <details className={styles.more}>
          <summary>{counted(others.length, 'more risk')}</summary>
          {others.map((other) => (
            <Risk key={other.id} of={other} />
          ))}
        </details>
      )}
    </div>
  )
}

const Risk = ({ of: { id, sentence } }: { of: Volume['risks'][number] }) => (
  <p className={styles.risk} data-risk={id}>
    <Mark mark="triangle" tone="warning" size={12} label="Risk" />
    <span>{sentence}</span>
  </p>
)
