import { isOpen, type Operation } from '@skep/shared/contract/operation'
import type { Service } from '@skep/shared/contract/service'
import { pages } from '@skep/shared/paths'
import { Link } from '@tanstack/react-router'
import { useHold } from '../cluster/status.ts'
import { Button } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Quote } from '../ui/Quote.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Lanes } from './Lanes.tsx'
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
  name: string
  service: Service | null
  onClose: () => void
}

/** What became of a command: requested, accepted, observed. To close it stops nothing. */
export function Tracker({ id, name, service, onClose }: TrackerProps) {
  const { operation, error, retry } = useOperation(id)
  return (
    <SheetParts
      title={operation?.title ?? `A command on ${name}`}
      onClose={onClose}
      footer={<Footer operation={operation} onClose={onClose} />}
    >
      <div className={formStyles.form}>
        {operation ? (
          <Tracked operation={operation} name={name} service={service} />
        ) : error ? (
          <ReadFailure error={error} onRetry={retry} />
        ) : (
          <Skeleton rows={4} label="Reading the operation" />
        )}
      </div>
    </SheetParts>
  )
}

type TrackedProps = { operation: Operation; name: string; service: Service | null }

function Tracked({ operation, name, service }: TrackedProps) {
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
            {sentence}
          </p>
        </div>
      </section>
      {open && held && <p className={styles.aside}>The view is held, and this with it.</p>}
      {open && !held && standstill && <p className={styles.aside}>{standstill}</p>}
      <Steps steps={stepsOf(operation)} />
      {open && service && <Lanes service={service} />}
      {service?.convergence.cause && state !== 'converged' && (
        <Quote>{service.convergence.cause}</Quote>
      )}
      {acknowledged.length > 0 && (
        <details className={styles.acknowledged}>
          <summary>
            Warnings that were ticked: <span>{acknowledged.length}</span>
          </summary>
          <ul>
            {acknowledged.map((check) => (
              <li key={check.id}>{check.sentence}</li>
            ))}
          </ul>
        </details>
      )}
      <section>
        <h3>The same in a terminal</h3>
        <div className={formStyles.command}>
          <code tabIndex={0}>{command}</code>
          <Copy text={command} what="the command" />
        </div>
      </section>
      {!open && service && (
        <p>
          <Link to={pages.service(name, 'history')}>History of {name}</Link>
        </p>
      )}
    </>
  )
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
