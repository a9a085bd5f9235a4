import { isOpen, type Operation } from '@skep/shared/contract/operation'
import { pages } from '@skep/shared/paths'
import { Link } from '@tanstack/react-router'
import { useNode, useService } from '../cluster/queries.ts'
import { useHold } from '../cluster/status.ts'
import { Button } from '../ui/Button.tsx'
import { Command } from '../ui/Command.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Prose } from '../ui/Prose.tsx'
import { Quote } from '../ui/Quote.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { withoutLabel } from '../ui/words.ts'
import { Lanes } from './Lanes.tsx'
import { NodeProgress } from './NodeProgress.tsx'
import { useOperation } from './operation-query.ts'
import { operationWords, stepsOf } from './operation-words.ts'
import formStyles from './PreviewForm.module.css'
import { ReadFailure } from './ReadFailure.tsx'
import { SheetParts } from './Sheet.tsx'
import { Steps } from './Steps.tsx'
import { useStandstill } from './standstill.ts'
import styles from './Tracker.module.css'

type TrackerProps = {
  id: string
  /** Of the service or node on whose page it is followed. */
  name: string
  onClose: () => void
}

/** What became of a command: requested, accepted, observed. To close it stops nothing. */
export function Tracker({ id, name, onClose }: TrackerProps) {
  const { operation, error, retry } = useOperation(id)
  return (
    <SheetParts
      title={operation?.title ?? `A command on ${name}`}
      onClose={onClose}
      footer={<Footer operation={operation} onClose={onClose} />}
    >
      <div className={formStyles.form}>
        {operation ? (
          <Tracked operation={operation} />
        ) : error ? (
          <ReadFailure error={error} onRetry={retry} />
        ) : (
          <Skeleton rows={4} label="Reading the operation" />
        )}
      </div>
    </SheetParts>
  )
}

function Tracked({ operation }: { operation: Operation }) {
  const { state, sentence, acknowledged, command } = operation
  const { mark, tone, label } = operationWords[state]
  const standstill = useStandstill()
  const held = useHold() !== null
  const open = isOpen(operation)
  return (
    <>
      <section className={styles.verdict} data-state={state} aria-label="Where it stands">
        <Mark mark={mark} tone={tone} size={24} />
        <div>
          <p className={styles.label}>{label}</p>
          <p role="status" className={styles.sentence}>
            {withoutLabel(sentence, label)}
          </p>
        </div>
      </section>
      {open && held && <p className={styles.aside}>The view is held, and this with it.</p>}
      {open && !held && standstill && <p className={styles.aside}>{standstill}</p>}
      <Steps steps={stepsOf(operation)} />
      <Progress operation={operation} />
      {acknowledged.length > 0 && (
        <details className={styles.acknowledged}>
          <summary>
            Warnings that were ticked: <span>{acknowledged.length}</span>
          </summary>
          <ul>
            {acknowledged.map((check) => (
              <li key={check.id}>
                <Prose>{check.sentence}</Prose>
              </li>
            ))}
          </ul>
        </details>
      )}
      <section>
        <h3>The same in a terminal</h3>
        <div className={formStyles.command}>
          <Command text={command} />
          <Copy text={command} what="the command" />
        </div>
      </section>
      <Onwards operation={operation} />
    </>
  )
}

function Progress({ operation }: { operation: Operation }) {
  const { subject } = operation
  switch (subject.kind) {
    case 'service':
      return <ServiceProgress operation={operation} />
    case 'node':
      return <NodeProgress operation={operation} />
  }
}

function ServiceProgress({ operation }: { operation: Operation }) {
  const service = useService(operation.subject.name)
  if (!service) return null
  const { cause } = service.convergence
  return (
    <>
      {isOpen(operation) && <Lanes service={service} />}
      {cause && operation.state !== 'converged' && <Quote>{cause}</Quote>}
    </>
  )
}

/** Where to look next, once it is over. */
function Onwards({ operation }: { operation: Operation }) {
  const { kind, name } = operation.subject
  const service = useService(name)
  const node = useNode(name)
  if (isOpen(operation)) return null
  if (kind === 'service' && service)
    return (
      <p>
        <Link to={pages.service(name, 'history')}>History of {name}</Link>
      </p>
    )
  if (kind === 'node' && node)
    return (
      <p>
        <Link to="/journal" search={{ q: name }}>
          {name} in the journal
        </Link>
      </p>
    )
  return null
}

function Footer(props: { operation: Operation | null; onClose: () => void }) {
  const { operation, onClose } = props
  return (
    <div className={styles.foot}>
      <Button onClick={onClose}>Close</Button>
      {operation && isOpen(operation) && (
        <p>Closing stops nothing: it is followed under “In motion” on the first page.</p>
      )}
    </div>
  )
}
