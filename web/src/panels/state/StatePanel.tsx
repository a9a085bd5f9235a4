import type { Service } from '@skep/shared/contract/service'
import type { Statefulness, Stay, Storage } from '@skep/shared/contract/stateful'
import {
  foundThereWords,
  moveWord,
  placementWords,
  stateClassWords,
  storageWords,
} from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useStatefulness } from '../../cluster/details.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Section } from '../../ui/Section.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { clockTime, exactTime } from '../../ui/time.ts'
import { DetailError } from '../service/DetailError.tsx'
import styles from './StatePanel.module.css'
import { stateBasisOf } from './state-basis.ts'

/** How a service holds data: each judgement with its reason. Absent where it holds none. */
export function StatePanel({ service }: { service: Service }) {
  if (service.state === null) return null
  return (
    <div id="state" className={styles.anchor}>
      <Section title="Data">
        <Judgement service={service} />
      </Section>
    </div>
  )
}

function Judgement({ service }: { service: Service }) {
  const { data, error, refetch } = useStatefulness(service.name, stateBasisOf(service))
  return (
    <>
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {data ? (
        <Known of={data} />
      ) : (
        !error && <Skeleton rows={5} label="Reading how it holds data" />
      )}
    </>
  )
}

function Known({ of }: { of: Statefulness }) {
  const { storage, residency, moved, product } = of
  const moves = moveWord(of)
  const { placement } = of
  return (
    <>
      {moved.length > 0 && <MovedAway moved={moved} placement={placement} />}
      <dl className={styles.judgements}>
        <Judged name="Class" says={stateClassWords[of.class].label} why={of.classWhy}>
          {product && `${product.name}, ${product.kind}. `}
          {of.overruled && (
            <>
              As its label <code>skep.state</code> says.{' '}
            </>
          )}
        </Judged>
        <Judged
          name="Placement"
          says={<PlacementOf of={of} />}
          why={of.placementWhy}
          mark={placement && placementWords[placement]}
        >
          {of.pinnedBy && !of.placementWhy.includes(of.pinnedBy) && (
            <>
              By <code>{of.pinnedBy}</code>.{' '}
            </>
          )}
        </Judged>
        <Judged name="If it moves" says={moves.label} why={of.ifItMovesWhy} mark={moves} />
        <Judged
          name="Copies"
          says={of.copies > 1 ? `${of.copies} share one volume on a node` : 'None shared'}
          why=""
          mark={of.copies > 1 ? { mark: 'triangle', tone: 'warning' } : null}
        />
        <Judged
          name="Backup"
          says={of.backup ? <Ago at={of.backup} as="past" /> : 'Not recorded'}
          why={of.backup ? '' : 'The label skep.backup would tell when.'}
        />
        <Judged
          name="Restore tried"
          says={of.drill ? <Ago at={of.drill} as="past" /> : 'Not recorded'}
          why={of.drill ? '' : 'The label skep.restore-drill would tell when.'}
        />
      </dl>
      {storage.length > 0 && <StorageList storage={storage} />}
      {residency.length > 0 && <Residency stays={residency} />}
    </>
  )
}

/** Which volumes left their data on another node, when, and what they have instead. */
function MovedAway({ moved, placement }: Pick<Statefulness, 'moved' | 'placement'>) {
  const isMisplaced = placement === 'misplaced'
  return (
    <ul className={styles.moved} data-misplaced={isMisplaced || undefined}>
      {moved.map(({ volume, from, until, to, found }) => (
        <li key={volume}>
          {isMisplaced && <Mark mark="triangle" tone="critical" />}
          <span>
            <code>{volume}</code> lived on {from}{' '}
            {until === null ? (
              'before'
            ) : (
              <>
                until {clockTime(Date.parse(until))} (<Ago at={until} as="past" dense />)
              </>
            )}
            , now on {to}: {foundThereWords[found]}.
          </span>
        </li>
      ))}
    </ul>
  )
}

function PlacementOf({ of: { placement, pinnedTo } }: { of: Statefulness }) {
  if (placement === null) return 'Not bound to a node'
  if (placement !== 'pinned' || pinnedTo === null) return placementWords[placement].label
  return (
    <span>
      Pinned to{' '}
      <Link to="/nodes/$name" params={{ name: pinnedTo }}>
        {pinnedTo}
      </Link>
    </span>
  )
}

type JudgedProps = {
  name: string
  says: ReactNode
  why: string
  mark?: Pick<(typeof placementWords)['pinned'], 'mark' | 'tone'> | null
  children?: ReactNode
}

function Judged({ name, says, why, mark, children }: JudgedProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>
          {mark && <Mark mark={mark.mark} tone={mark.tone} />}
          {says}
        </strong>
        <span className={styles.why}>
          {children}
          {why}
        </span>
      </dd>
    </div>
  )
}

function StorageList({ storage }: { storage: Storage[] }) {
  return (
    <>
      <h3>Where it writes</h3>
      <ul className={styles.storage}>
        {storage.map((one) => (
          <li key={`${one.target} ${one.source}`} data-holds={String(one.holdsData)}>
            <p>
              <code>{one.target}</code>
              <span className={styles.kind}>
                {storageWords[one.kind]}
                {one.source && (
                  <>
                    {' '}
                    <code>{one.source}</code>
                  </>
                )}
                {one.subpath && (
                  <>
                    , of it the folder <code>{one.subpath}</code>
                  </>
                )}
                {one.driver && one.driver !== 'local' && ` by ${one.driver}`}
                {one.readOnly && ', read-only'}
                {one.perTask && ', one for each task'}
              </span>
            </p>
            <p className={styles.why}>
              <strong>{holdsWords(one)}</strong> {one.why}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

function holdsWords({ holdsData }: Storage): string {
  if (holdsData === null) return 'Cannot tell.'
  return holdsData ? 'Holds data.' : 'Holds none.'
}

function Residency({ stays }: { stays: Stay[] }) {
  return (
    <>
      <h3>Where its volumes were</h3>
      <ol className={styles.stays}>
        {stays.map(({ volume, node, from, to }) => (
          <li key={`${volume} ${node} ${from}`} data-now={to === null || undefined}>
            <Mark
              {...(to === null
                ? { mark: 'drum', tone: 'neutral', label: 'Now' }
                : { mark: 'disc-hollow', tone: 'neutral', label: 'Before' })}
            />
            <code>{volume}</code>
            <span>
              on{' '}
              <Link to="/nodes/$name" params={{ name: node }}>
                {node}
              </Link>
            </span>
            <span className={styles.span} title={spanTitle(from, to)}>
              {to === null ? (
                <>
                  for <Ago at={from} dense />, since {clockTime(Date.parse(from))}
                </>
              ) : (
                <>
                  left <Ago at={to} as="past" dense />, at {clockTime(Date.parse(to))}
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

const spanTitle = (from: string, to: string | null): string =>
  `${exactTime(Date.parse(from))} to ${to === null ? 'now' : exactTime(Date.parse(to))}`
