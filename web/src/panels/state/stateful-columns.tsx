import type { Statefulness } from '@skep/shared/contract/stateful'
import { moveWord, placementWords, stateClassWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { Ago } from '../../ui/Ago.tsx'
import { Breakable } from '../../ui/Breakable.tsx'
import type { Column } from '../../ui/column.ts'
import { Mark } from '../../ui/Mark.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import styles from './stateful-columns.module.css'
import { dataPlaces, fateOf, fates, kindWords, placeWords } from './stateful-words.ts'

/** The columns of the list of services that hold data. */
export const statefulColumns: Column<Statefulness>[] = [
  {
    key: 'name',
    header: 'Service',
    sortBy: ({ service }) => service,
    cell: ({ service, class: kind, classWhy, overruled }) => (
      <>
        <Link to="/services/$name" params={{ name: service }} hash="state">
          {service}
        </Link>
        <div className={styles.class} title={classWhy}>
          {stateClassWords[kind].label}
          {overruled && ', by label'}
        </div>
      </>
    ),
  },
  {
    key: 'moves',
    header: 'If it moves',
    sortBy: (one) => fates.indexOf(fateOf(one)),
    cell: (one) => (
      <span title={one.ifItMovesWhy}>
        <StatusLabel {...moveWord(one)} />
      </span>
    ),
  },
  {
    key: 'data',
    header: 'Data',
    sortBy: (one) => dataPlaces(one).map(placeWords)[0] ?? null,
    cell: (one) => <Data of={one} />,
    wideOnly: true,
  },
  {
    key: 'pinned',
    header: 'Pinned by',
    sortBy: ({ placement, pinnedTo }) => `${placement} ${pinnedTo}`,
    cell: (one) => <PinnedBy of={one} />,
    wideOnly: true,
  },
  {
    key: 'copies',
    header: 'Copies',
    align: 'end',
    sortBy: ({ copies }) => copies,
    cell: ({ copies }) =>
      copies > 1 ? (
        <span className={styles.flagged}>
          <Mark mark="triangle" tone="warning" size={12} label="More than one" />
          {copies}
        </span>
      ) : (
        copies || <None>none</None>
      ),
    wideOnly: true,
  },
  {
    key: 'moved',
    header: 'Last moved',
    align: 'end',
    sortBy: ({ lastMoved }) => lastMoved && Date.parse(lastMoved),
    cell: ({ lastMoved }) =>
      lastMoved ? <Ago at={lastMoved} as="past" dense /> : <None>not seen</None>,
    wideOnly: true,
  },
  {
    key: 'backup',
    header: 'Backup, drill',
    sortBy: ({ backup }) => backup && Date.parse(backup),
    cell: (one) => <Kept of={one} />,
    wideOnly: true,
  },
]

const None = ({ children }: { children: string }) => (
  <span className={styles.none}>{children}</span>
)

function Kept({ of: { backup, drill } }: { of: Statefulness }) {
  if (!backup && !drill) return <None>not recorded</None>
  return (
    <>
      {backup ? <Ago at={backup} as="past" dense /> : <None>none</None>}
      {', '}
      {drill ? <Ago at={drill} as="past" dense /> : <None>no drill</None>}
    </>
  )
}

function Data({ of }: { of: Statefulness }) {
  const [first, ...others] = dataPlaces(of)
  if (!first) return <None>none known</None>
  const all = dataPlaces(of).map((place) => `${placeWords(place)} at ${place.target}`)
  return (
    <div className={styles.data} title={all.join('\n')}>
      <Breakable text={first.source ?? first.target} />
      <div className={styles.more}>
        {kindWords(first)}
        {others.length > 0 && ` and ${others.length} more`}
      </div>
    </div>
  )
}

function PinnedBy({
  of: { placement, pinnedTo, pinnedBy, placementWhy },
}: {
  of: Statefulness
}) {
  if (placement === null) return <None>not bound to a node</None>
  if (placement === 'pinned' && pinnedTo)
    return (
      <span title={pinnedBy ?? placementWhy}>
        <Link to="/nodes/$name" params={{ name: pinnedTo }}>
          {pinnedTo}
        </Link>
      </span>
    )
  return (
    <span title={placementWhy}>
      <StatusLabel
        {...placementWords[placement]}
        label={placement === 'unpinned' ? 'nothing' : placementWords[placement].label}
      />
    </span>
  )
}
