import type { Maintenance, MaintenanceStep } from '@skep/shared/contract/maintenance'
import type { Node } from '@skep/shared/contract/node'
import { isOpen } from '@skep/shared/contract/operation'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId, useState } from 'react'
import { useOperations, useService } from '../../cluster/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { useStandstill } from '../standstill.ts'
import { useSheet } from '../use-sheet.ts'
import styles from './Maintenance.module.css'
import { DataWord, PinHint } from './PinHint.tsx'
import { type Stage, splitId } from './stages.ts'

type StageBodyProps = {
  stage: Stage
  plan: Maintenance
  /** Null when it is gone. */
  node: Node | null
  onTick: (step: string, done: boolean, note: string) => void
}

/** What the current stage asks for. Each button opens a preview; none of them acts. */
export function StageBody({ stage: { kind, steps }, plan, node, onTick }: StageBodyProps) {
  switch (kind) {
    case 'stop':
      return (
        <>
          <p>
            Back up first, then scale each to 0. One that is to run meanwhile needs its data
            and its constraint moved to another node instead.
          </p>
          <ServiceSteps steps={steps}>
            {(name) => (
              <Scale name={name} to={0} was={replicasOf(plan, name)} node={node} />
            )}
          </ServiceSteps>
        </>
      )
    case 'drain':
      return (
        <NodeStep
          steps={steps}
          name={plan.node}
          kind="drain"
          isAsked={node?.availability === 'drain'}
        />
      )
    case 'work':
      return steps.map((step) => (
        <div key={step.id} className={styles.step}>
          {step.state !== 'done' && (
            <p>
              {plan.node} is drained. Containers begun with <code>docker run</code> stay
              {node?.role === 'manager' && ', and it votes on as a manager'}.
            </p>
          )}
          <Tick step={step} onTick={onTick}>
            The work is done
          </Tick>
        </div>
      ))
    case 'activate':
      return (
        <>
          <p>Tasks do not move back by themselves.</p>
          <NodeStep
            steps={steps}
            name={plan.node}
            kind="activate"
            isAsked={node?.availability === 'active'}
          />
        </>
      )
    case 'start':
      return (
        <ServiceSteps steps={steps}>
          {(name) => {
            const was = replicasOf(plan, name)
            return <Scale name={name} to={was} was={was} node={node} />
          }}
        </ServiceSteps>
      )
    case 'verify':
      return (
        <ServiceSteps steps={steps}>
          {(name, step) => (
            <>
              <DataWord service={name} />
              <Tick step={step} onTick={onTick}>
                The data of {name} is there
              </Tick>
            </>
          )}
        </ServiceSteps>
      )
  }
}

const replicasOf = ({ services }: Maintenance, name: string): number =>
  services.find(({ service }) => service === name)?.replicas ?? 1

type ServiceStepsProps = {
  steps: MaintenanceStep[]
  children: (service: string, step: MaintenanceStep) => ReactNode
}

const ServiceSteps = ({ steps, children }: ServiceStepsProps) => (
  <ul className={styles.services}>
    {steps.map((step) => {
      const { service } = splitId(step.id)
      return (
        service !== null && (
          <li key={step.id} data-service={service} data-state={step.state}>
            <Link
              to="/services/$name"
              params={{ name: service }}
              hash="state"
              className={styles.name}
            >
              {service}
            </Link>
            {step.by === 'swarm' && <span>{step.sentence}</span>}
            {children(service, step)}
            <UnderWay subject="service" name={service} />
          </li>
        )
      )
    })}
  </ul>
)

type ScaleProps = { name: string; to: number; was: number; node: Node | null }

/** The way to a number of replicas, unless that is what is asked for. */
function Scale({ name, to, was, node }: ScaleProps) {
  const service = useService(name)
  const { openScale } = useSheet()
  if (!service) return null
  const isAsked = to === 0 ? service.desired === 0 : service.desired >= to
  return (
    <>
      {!isAsked && (
        <Ask onAsk={() => openScale(name, to)}>
          Scale {name} to {to}
        </Ask>
      )}
      {service.desired === 0 && was === 1 && <PinHint service={service} node={node} />}
    </>
  )
}

type NodeStepProps = {
  steps: MaintenanceStep[]
  name: string
  kind: 'drain' | 'activate'
  /** It was: what is left is to wait. */
  isAsked: boolean
}

function NodeStep({ steps, name, kind, isAsked }: NodeStepProps) {
  const { open } = useSheet()
  return (
    <div className={styles.act}>
      {isAsked ? (
        steps.map(({ id, sentence }) => <span key={id}>{sentence}</span>)
      ) : (
        <Ask onAsk={() => open({ subject: 'node', name, kind })}>
          {kind === 'drain' ? `Drain ${name}` : `Activate ${name}`}
        </Ask>
      )}
      <UnderWay subject="node" name={name} />
    </div>
  )
}

function Ask({ onAsk, children }: { onAsk: () => void; children: ReactNode }) {
  const standstill = useStandstill()
  return (
    <Button
      aria-disabled={standstill !== null}
      title={standstill ?? undefined}
      onClick={() => standstill === null && onAsk()}
    >
      {children}
    </Button>
  )
}

/** What was asked of it and is not over, as a link to where it is tracked. */
function UnderWay({ subject, name }: { subject: 'service' | 'node'; name: string }) {
  const open = Object.values(useOperations()).filter(
    (operation) =>
      isOpen(operation) &&
      operation.subject.kind === subject &&
      operation.subject.name === name,
  )
  return open.map(({ id, title, sentence }) => (
    <span key={id}>
      <Link to="." search={(before: object) => ({ ...before, operation: id })}>
        {title}
      </Link>
      : {sentence}
    </span>
  ))
}

type TickProps = {
  step: MaintenanceStep
  onTick: (step: string, done: boolean, note: string) => void
  children: ReactNode
}

/** What only a person can say, with what they have to say of it: it is kept as evidence. */
function Tick({ step: { id, state, note }, onTick, children }: TickProps) {
  const box = useId()
  const field = useId()
  const [text, setText] = useState('')
  const isDone = state === 'done'
  return (
    <>
      <span className={styles.box}>
        <input
          id={box}
          type="checkbox"
          checked={isDone}
          onChange={(event) => onTick(id, event.target.checked, text.trim())}
        />
        <label htmlFor={box}>{children}</label>
      </span>
      {isDone
        ? note && <span className={styles.note}>“{note}”</span>
        : state === 'next' && (
            <span className={styles.note}>
              <label htmlFor={field}>
                Note
                <VisuallyHidden> on {splitId(id).service ?? 'the work'}</VisuallyHidden>
              </label>
              <input
                id={field}
                value={text}
                maxLength={2_000}
                onChange={(event) => setText(event.target.value)}
              />
            </span>
          )}
    </>
  )
}
