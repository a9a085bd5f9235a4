import type { Maintenance as Plan } from '@skep/shared/contract/maintenance'
import { api } from '@skep/shared/paths'
import { useNode } from '../../cluster/queries.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Section } from '../../ui/Section.tsx'
import type { MarkName } from '../../ui/silhouettes.ts'
import type { Tone } from '../../ui/tone.ts'
import { ReadFailure } from '../ReadFailure.tsx'
import styles from './Maintenance.module.css'
import { StageBody } from './StageBody.tsx'
import { type Stage, type StageKind, stagesOf } from './stages.ts'
import { isUnderWay, useMaintenance } from './use-maintenance.ts'

/** The maintenance of a node, step by step, or the proof of the last; often neither. */
export function NodeMaintenance({ node }: { node: string }) {
  const { maintenance, tick, end } = useMaintenance(node)
  if (!maintenance) return null
  const { id } = maintenance
  return (
    <div className={styles.plan}>
      {isUnderWay(maintenance) ? (
        <Maintenance
          plan={maintenance}
          onTick={(step, done, note) =>
            tick.mutate({ id, step, done, ...(note !== '' && { note }) })
          }
          onEnd={(as) => end.mutate({ id, as })}
          error={tick.error ?? end.error}
        />
      ) : (
        <Ended plan={maintenance} />
      )}
    </div>
  )
}

function Ended({ plan: { id, ended, endedAt } }: { plan: Plan }) {
  return (
    <p className={styles.began}>
      The last maintenance was {ended ?? 'ended'}{' '}
      {endedAt && <Ago at={endedAt} as="past" />}. <Evidence id={id} />
    </p>
  )
}

const Evidence = ({ id }: { id: string }) => (
  <a href={api.maintenanceEvidence(id)} download>
    Its evidence
  </a>
)

type MaintenanceProps = {
  plan: Plan
  onTick: (step: string, done: boolean, note: string) => void
  onEnd: (as: 'finished' | 'abandoned') => void
  error: Error | null
}

const titles: Record<StageKind, string> = {
  stop: 'Stop what holds data',
  drain: 'Drain the node',
  work: 'Do the work',
  activate: 'Activate the node',
  start: 'Bring back what was stopped',
  verify: 'Verify',
}

const marks: Record<Stage['state'], { mark: MarkName; tone: Tone; label: string }> = {
  done: { mark: 'disc-check', tone: 'ok', label: 'Done' },
  current: { mark: 'ring-open', tone: 'progress', label: 'Now' },
  ahead: { mark: 'disc-hollow', tone: 'neutral', label: 'Ahead' },
}

/** Boxes stay where they were ticked, so that they can be unticked, and keep the focus. */
const isTicked = (kind: StageKind): boolean => kind === 'work' || kind === 'verify'

/** The order of a maintenance that loses nothing, and how far this one has come. */
function Maintenance({ plan, onTick, onEnd, error }: MaintenanceProps) {
  const node = useNode(plan.node)
  const stages = stagesOf(plan)
  const isDone = stages.every(({ state }) => state === 'done')
  return (
    <Section
      title={isDone ? 'Maintenance, done' : 'Maintenance, step by step'}
      aside={
        <span className={styles.began}>
          <span role="status">{plan.sentence}</span> Begun{' '}
          <Ago at={plan.startedAt} as="past" /> by {plan.actor}
        </span>
      }
    >
      <ol className={styles.steps} aria-label={`Maintenance of ${plan.node}`}>
        {stages.map((stage) => (
          <li
            key={stage.kind}
            data-step={stage.kind}
            data-state={stage.state}
            aria-current={stage.state === 'current' ? 'step' : undefined}
          >
            <Mark {...marks[stage.state]} />
            <div className={styles.step}>
              <h3>{titles[stage.kind]}</h3>
              {(stage.state === 'current' ||
                (stage.state === 'done' && isTicked(stage.kind))) && (
                <StageBody stage={stage} plan={plan} node={node} onTick={onTick} />
              )}
            </div>
          </li>
        ))}
      </ol>
      {error && <ReadFailure error={error} />}
      <div className={styles.end}>
        <Button
          look={isDone ? 'plain' : 'quiet'}
          onClick={() => onEnd(isDone ? 'finished' : 'abandoned')}
        >
          {isDone ? 'Finish the maintenance' : 'Give up the maintenance'}
        </Button>
        <Evidence id={plan.id} />
      </div>
    </Section>
  )
}
