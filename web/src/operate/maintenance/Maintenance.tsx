import { useNode, useServices } from '../../cluster/queries.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Section } from '../../ui/Section.tsx'
import type { MarkName } from '../../ui/silhouettes.ts'
import type { Tone } from '../../ui/tone.ts'
import styles from './Maintenance.module.css'
import type { MaintenancePlan } from './plan.ts'
import { type PlanStep, planSteps, type StepKind } from './plan-steps.ts'
import { StepBody } from './StepBody.tsx'
import { usePlan } from './use-plan.ts'

/** The plan for a node, step by step; absent while none is under way. */
export function NodeMaintenance({ node }: { node: string }) {
  const { plan, change, end } = usePlan(node)
  return (
    plan && (
      <div className={styles.plan}>
        <Maintenance plan={plan} onPlan={change} onEnd={end} />
      </div>
    )
  )
}

type MaintenanceProps = {
  plan: MaintenancePlan
  onPlan: (plan: MaintenancePlan) => void
  onEnd: () => void
}

const titles: Record<StepKind, string> = {
  stop: 'Stop what holds data',
  drain: 'Drain the node',
  work: 'Do the work',
  activate: 'Activate the node',
  'bring-back': 'Bring back what was stopped',
  verify: 'Verify',
}

const marks: Record<PlanStep['state'], { mark: MarkName; tone: Tone; label: string }> = {
  done: { mark: 'disc-check', tone: 'ok', label: 'Done' },
  current: { mark: 'ring-open', tone: 'progress', label: 'Now' },
  ahead: { mark: 'disc-hollow', tone: 'neutral', label: 'Ahead' },
}

/** Boxes stay where they were ticked, so that they can be unticked, and keep the focus. */
const isTicked = (kind: StepKind): boolean => kind === 'work' || kind === 'verify'

function progressWords(steps: readonly PlanStep[]): string {
  const at = steps.findIndex(({ state }) => state === 'current')
  return at < 0 ? `all ${steps.length} steps done` : `step ${at + 1} of ${steps.length}`
}

/** The order of a maintenance that loses nothing, and how far this one has come. */
export function Maintenance({ plan, onPlan, onEnd }: MaintenanceProps) {
  const node = useNode(plan.node)
  const services = useServices()
  const steps = planSteps(plan, { node, services })
  const isDone = steps.every(({ state }) => state === 'done')
  return (
    <Section
      title={isDone ? 'Maintenance, done' : 'Maintenance, step by step'}
      aside={
        <span className={styles.began}>
          <span role="status">{progressWords(steps)}</span>, begun{' '}
          <Ago at={plan.startedAt} as="past" />
        </span>
      }
    >
      <ol className={styles.steps} aria-label={`Maintenance of ${plan.node}`}>
        {steps.map(({ kind, state }) => (
          <li
            key={kind}
            data-step={kind}
            data-state={state}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <Mark {...marks[state]} />
            <div className={styles.step}>
              <h3>{titles[kind]}</h3>
              {(state === 'current' || (state === 'done' && isTicked(kind))) && (
                <StepBody kind={kind} plan={plan} node={node} onPlan={onPlan} />
              )}
            </div>
          </li>
        ))}
      </ol>
      <div>
        <Button look={isDone ? 'plain' : 'quiet'} onClick={onEnd}>
          {isDone ? 'Close the plan' : 'Give up the plan'}
        </Button>
      </div>
    </Section>
  )
}
