import type { Node } from '@skep/shared/contract/node'
import { isOpen } from '@skep/shared/contract/operation'
import type { Service } from '@skep/shared/contract/service'
import { stateWord, verdictWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { useOperations, useService } from '../../cluster/queries.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Button } from '../../ui/Button.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { counted } from '../../ui/words.ts'
import { useStandstill } from '../standstill.ts'
import { useSheet } from '../use-sheet.ts'
import styles from './Maintenance.module.css'
import type { MaintenancePlan, PlannedService } from './plan.ts'
import type { StepKind } from './plan-steps.ts'

type StepBodyProps = {
  kind: StepKind
  plan: MaintenancePlan
  node: Node | null
  onPlan: (plan: MaintenancePlan) => void
}

/** What the current step asks for. Each button opens a preview; none of them acts. */
export function StepBody({ kind, plan, node, onPlan }: StepBodyProps) {
  switch (kind) {
    case 'stop':
      return (
        <>
          <p>
            Back up first, then scale each to 0. One that is to run meanwhile needs its data
            and its constraint moved to another node instead.
          </p>
          <Services of={plan}>{(one) => <Stop one={one} node={node} />}</Services>
        </>
      )
    case 'drain':
      return (
        <NodeStep name={plan.node} kind="drain" isAsked={node?.availability === 'drain'}>
          {node?.status === 'draining'
            ? `Draining: ${counted(node.tasks.live, 'task')} left on it.`
            : 'Now nothing is left on it that holds data.'}
        </NodeStep>
      )
    case 'work':
      return (
        <>
          {!plan.workDone && (
            <p>
              {plan.node} is drained. Containers begun with <code>docker run</code> stay
              {node?.role === 'manager' && ', and it votes on as a manager'}.
            </p>
          )}
          <Box
            checked={plan.workDone}
            onCheck={(workDone) => onPlan({ ...plan, workDone })}
          >
            The work is done
          </Box>
        </>
      )
    case 'activate':
      return (
        <NodeStep name={plan.node} kind="activate" isAsked={false}>
          Tasks do not move back by themselves.
        </NodeStep>
      )
    case 'bring-back':
      return <Services of={plan}>{(one) => <BringBack one={one} node={node} />}</Services>
    case 'verify':
      return (
        <Services of={plan}>
          {(one) => (
            <Verify
              one={one}
              found={plan.verified.includes(one.name)}
              onFound={(found) =>
                onPlan({
                  ...plan,
                  verified: found
                    ? [...plan.verified, one.name]
                    : plan.verified.filter((name) => name !== one.name),
                })
              }
            />
          )}
        </Services>
      )
  }
}

type ServicesProps = {
  of: MaintenancePlan
  children: (one: PlannedService) => ReactNode
}

const Services = ({ of: { services }, children }: ServicesProps) => (
  <ul className={styles.services}>
    {services.map((one) => (
      <li key={one.name} data-service={one.name}>
        {children(one)}
        <UnderWay subject="service" name={one.name} />
      </li>
    ))}
  </ul>
)

const Name = ({ name }: { name: string }) => (
  <Link to="/services/$name" params={{ name }} hash="state" className={styles.name}>
    {name}
  </Link>
)

type StopProps = { one: PlannedService; node: Node | null }

function Stop({ one: { name, backup }, node }: StopProps) {
  const service = useService(name)
  if (!service) return <Gone name={name} />
  const { desired, running } = service
  return (
    <>
      <Name name={name} />
      {desired === 0 ? (
        <>
          <span>{running === 0 ? 'stopped' : `stopping, ${running} left`}</span>
          <PinHint service={service} node={node} />
        </>
      ) : (
        <>
          <span>
            {running} of {desired} running,{' '}
            {backup ? (
              <>
                backup <Ago at={backup} as="past" />
              </>
            ) : (
              'no backup is recorded'
            )}
          </span>
          <ScaleButton name={name} to={0}>
            Scale {name} to 0
          </ScaleButton>
        </>
      )}
    </>
  )
}

function BringBack({ one: { name, replicas }, node }: StopProps) {
  const service = useService(name)
  if (!service) return <Gone name={name} />
  return (
    <>
      <Name name={name} />
      {service.desired >= replicas ? (
        <span>asked for {service.desired} again</span>
      ) : (
        <>
          <span>
            {service.desired} of {replicas} asked for
          </span>
          <ScaleButton name={name} to={replicas}>
            Scale {name} to {replicas}
          </ScaleButton>
          <PinHint service={service} node={node} />
        </>
      )}
    </>
  )
}

type PinHintProps = { service: Service; node: Node | null }

/** What is brought back without a pin may start on another node, without its data. */
function PinHint({ service: { name, state }, node }: PinHintProps) {
  const isLoose = state?.placement === 'unpinned' || state?.placement === 'loose'
  if (!node || !isLoose || state.class !== 'durable-single') return null
  const command = `docker service update --constraint-add node.id==${node.id} ${name}`
  return (
    <div className={styles.pin}>
      <p>
        <Mark mark="triangle" tone="warning" /> Nothing keeps {name} on {node.name}: it may
        start elsewhere, beside an empty volume. While it is stopped, a pin restarts
        nothing:
      </p>
      <p>
        <code>{command}</code> <Copy text={command} what="the command" />
      </p>
    </div>
  )
}

type VerifyProps = {
  one: PlannedService
  found: boolean
  onFound: (found: boolean) => void
}

function Verify({ one: { name }, found, onFound }: VerifyProps) {
  const service = useService(name)
  if (!service) return <Gone name={name} />
  const { verdict, sentence } = service.convergence
  const { mark, tone } = verdictWords[verdict]
  const data = service.state && stateWord(service.state)
  return (
    <>
      <Name name={name} />
      <span className={styles.verdict}>
        <Mark mark={mark} tone={tone} />
        {sentence}
      </span>
      {data?.tone === 'critical' && <StatusLabel {...data} />}
      <Box checked={found} onCheck={onFound}>
        The data of {name} is there
      </Box>
    </>
  )
}

const Gone = ({ name }: { name: string }) => (
  <>
    <strong>{name}</strong> <span>is gone</span>
  </>
)

type ScaleButtonProps = { name: string; to: number; children: ReactNode }

function ScaleButton({ name, to, children }: ScaleButtonProps) {
  const { openScale } = useSheet()
  return <Ask onAsk={() => openScale(name, to)}>{children}</Ask>
}

type NodeStepProps = {
  name: string
  kind: 'drain' | 'activate'
  /** It was: what is left is to wait. */
  isAsked: boolean
  children: ReactNode
}

function NodeStep({ name, kind, isAsked, children }: NodeStepProps) {
  const { open } = useSheet()
  return (
    <>
      <p>{children}</p>
      <div className={styles.act}>
        {!isAsked && (
          <Ask onAsk={() => open({ subject: 'node', name, kind })}>
            {kind === 'drain' ? `Drain ${name}` : `Activate ${name}`}
          </Ask>
        )}
        <UnderWay subject="node" name={name} />
      </div>
    </>
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

type BoxProps = {
  checked: boolean
  onCheck: (checked: boolean) => void
  children: ReactNode
}

function Box({ checked, onCheck, children }: BoxProps) {
  const id = useId()
  return (
    <span className={styles.box}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onCheck(event.target.checked)}
      />
      <label htmlFor={id}>{children}</label>
    </span>
  )
}
