import type {
  Rotation,
  RotationConsumer,
  RotationStep,
} from '@skep/shared/contract/rotation'
import { api } from '@skep/shared/paths'
import { rotationStateWords, rotationStepWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { momentOf } from '../../panels/journal/journal-words.ts'
import { Ago } from '../../ui/Ago.tsx'
import { useClock } from '../../ui/clock.ts'
import { Mark } from '../../ui/Mark.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import type { MarkName } from '../../ui/silhouettes.ts'
import { clockTime } from '../../ui/time.ts'
import type { Tone } from '../../ui/tone.ts'
import { withoutLabel } from '../../ui/words.ts'
import styles from './Rotation.module.css'
import { RotationActs } from './RotationActs.tsx'
import { rotationProgress, rotationSteps, type StepState } from './rotation-steps.ts'

const marks: Record<StepState, { mark: MarkName; tone: Tone; label: string }> = {
  done: { mark: 'disc-check', tone: 'ok', label: 'Done' },
  current: { mark: 'ring-open', tone: 'progress', label: 'Now' },
  waits: { mark: 'disc-hollow', tone: 'neutral', label: 'Waits for a person' },
  stopped: { mark: 'disc-bars', tone: 'warning', label: 'Stopped' },
  ahead: { mark: 'disc-hollow', tone: 'neutral', label: 'Ahead' },
}

/** The four steps of a rotation, its consumers, and what can be done about it. */
export function RotationPanel({ rotation }: { rotation: Rotation }) {
  return (
    <>
      <ol className={styles.steps} aria-label={`Rotation of ${rotation.family}`}>
        {rotationSteps(rotation).map(({ step, state }) => (
          <li
            key={step}
            data-step={step}
            data-state={state}
            aria-current={step === rotation.step && state !== 'done' ? 'step' : undefined}
          >
            <Mark {...marks[state]} />
            <div className={styles.step}>
              <h2>{rotationStepWords[step]}</h2>
              <StepBody step={step} rotation={rotation} />
            </div>
          </li>
        ))}
      </ol>
      <RotationActs rotation={rotation} />
      <p className={styles.evidence}>
        <a href={api.rotationEvidence(rotation.id)} download>
          Its evidence, as Markdown
        </a>
      </p>
    </>
  )
}

function StepBody({
  step,
  rotation,
}: {
  step: RotationStep
  rotation: Rotation
}): ReactNode {
  const { kind, from, to, consumers, together, verifiedAt, retireFrom, endedAt } = rotation
  switch (step) {
    case 'create':
      return (
        <p>
          <Link
            to={kind === 'secret' ? '/secrets/$name' : '/configs/$name'}
            params={{ name: to.name }}
          >
            {to.name}
          </Link>
          {to.id === null ? ' is to be created.' : ' was created.'}
        </p>
      )
    case 'update':
      return (
        <>
          <p>
            {rotationProgress(rotation)}
            {consumers.length > 1 && (together ? ', all together' : ', one after another')}.
            The file stays where it is.
          </p>
          {consumers.length > 0 && (
            <ul className={styles.consumers}>
              {consumers.map((consumer) => (
                <Consumer key={consumer.serviceId} consumer={consumer} />
              ))}
            </ul>
          )}
        </>
      )
    case 'verify':
      return (
        <p>
          {verifiedAt ? (
            <>
              Each converged on {to.name}, <Ago at={verifiedAt} as="past" />.
            </>
          ) : (
            'Each service has to converge, and to stay so for its monitor window.'
          )}
        </p>
      )
    case 'retire':
      if (rotation.state === 'retired')
        return (
          <p>
            {from.name} was removed
            {endedAt && (
              <>
                {' '}
                <Ago at={endedAt} as="past" />
              </>
            )}
            .
          </p>
        )
      return (
        <p>
          {retireFrom ? (
            <Window of={from.name} until={retireFrom} />
          ) : (
            `${from.name} stays for rollback until the window has closed.`
          )}{' '}
          It is removed by hand.
        </p>
      )
  }
}

/** How long the old version stays for a rollback, or since when it need not. */
function Window({ of, until }: { of: string; until: string }) {
  const isClosed = useClock((clock) => clock.now() >= Date.parse(until))
  const words = useClock((clock) => momentOf(Date.parse(until), clock.now()))
  const time = <time dateTime={until}>{words}</time>
  return isClosed ? (
    <>
      {of} stayed for rollback until {time}.
    </>
  ) : (
    <>
      {of} stays for rollback until {time}.
    </>
  )
}

function Consumer({ consumer }: { consumer: RotationConsumer }) {
  const { service, state, sentence, targets, operation } = consumer
  return (
    <li data-service={service} data-state={state}>
      <Link
        to="/services/$name"
        params={{ name: service }}
        search={operation ? { operation } : {}}
        className={styles.name}
      >
        {service}
      </Link>
      <StatusLabel {...rotationStateWords[state]} />
      <span className={styles.sentence}>{withoutLabel(sentence, 'Accepted')}</span>
      {targets.map((target) => (
        <code key={target} className={styles.target}>
          {target}
        </code>
      ))}
    </li>
  )
}

/** Who began it, and when. */
export const RotationOrigin = ({ rotation }: { rotation: Rotation }) => (
  <span>
    Begun at {clockTime(Date.parse(rotation.startedAt))},{' '}
    <Ago at={rotation.startedAt} as="past" />, by {rotation.actor}
  </span>
)
