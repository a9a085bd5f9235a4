import type { Placement } from '@skep/shared/contract/placement'
import type { Service } from '@skep/shared/contract/service'
import { usePlacement } from '../../cluster/details.ts'
import { useNodes } from '../../cluster/queries.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Quote } from '../../ui/Quote.tsx'
import { Section } from '../../ui/Section.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { counted } from '../../ui/words.ts'
import { DetailError } from '../service/DetailError.tsx'
import styles from './Placement.module.css'
import { PlacementTable } from './PlacementTable.tsx'
import { unaskedSentence } from './placement-words.ts'

/** Slots whose task no node has taken yet. */
const waiting = ({ slots }: Service) =>
  slots.filter(({ tasks }) =>
    tasks.some(
      ({ state, node, desired }) =>
        state === 'pending' &&
        node === null &&
        desired !== 'shutdown' &&
        desired !== 'remove',
    ),
  )

/** Why tasks wait for a node: every node against every filter. Absent while none waits. */
export function WhyNoNode({ service }: { service: Service }) {
  const nodes = useNodes()
  const count = waiting(service).length
  if (count === 0) return null
  const basis = [
    service.updatedAt,
    count,
    ...Object.values(nodes).map(({ name, status, reserved, labels }) =>
      JSON.stringify([name, status, reserved, labels]),
    ),
  ].join('\n')
  return (
    <Section title="Why no node takes it">
      <Reasons service={service} waiting={count} basis={basis} />
    </Section>
  )
}

type ReasonsProps = { service: Service; waiting: number; basis: string }

function Reasons({ service, waiting, basis }: ReasonsProps) {
  const { data, error, refetch } = usePlacement(service.name, basis)
  return (
    <>
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {data ? (
        <Explained placement={data} waiting={waiting} known={service.convergence.cause} />
      ) : (
        !error && <Skeleton rows={4} label="Reading why" />
      )}
    </>
  )
}

type ExplainedProps = {
  placement: Placement
  waiting: number
  /** What the head of the page quotes already. */
  known: string | null
}

function Explained({ placement, waiting, known }: ExplainedProps) {
  const { sentence, explanation, nodes, mode } = placement
  const unasked = unaskedSentence(nodes)
  return (
    <>
      <p className={styles.sentence}>
        {counted(waiting, 'task waits', 'tasks wait')} for a node. {sentence}
      </p>
      {explanation && explanation !== known && <Quote>{explanation}</Quote>}
      <Pending placement={placement} />
      <PlacementTable nodes={nodes} />
      <p className={styles.note}>
        {unasked}{' '}
        {mode === 'per-node' &&
          'One task is meant for each node; a node that refuses has none.'}
      </p>
    </>
  )
}

/** The engine's own text, and whether ours says the same: different texts are kept apart. */
function Pending({ placement: { pending, explanation } }: { placement: Placement }) {
  const texts = [...Map.groupBy(pending, ({ engine }) => engine)]
  return texts.map(([engine, tasks]) => {
    const [first] = tasks
    const agrees = tasks.every((task) => task.agrees !== false)
    if (engine === null || !first || (agrees && engine === explanation)) return null
    return (
      <div key={engine} className={styles.engine} data-agrees={agrees}>
        <p>
          {agrees ? 'The engine says' : 'The engine says otherwise'}, of{' '}
          {counted(tasks.length, 'task')}, for <Ago at={first.since} />:
        </p>
        <Quote>{engine}</Quote>
      </div>
    )
  })
}
