import type { SlotPhase } from '@skep/shared/contract/rollout'
import type { Service } from '@skep/shared/contract/service'
import { Cell, type Face } from '../../ui/Cell.tsx'
import { useClock } from '../../ui/clock.ts'
import { clockTime } from '../../ui/time.ts'
import { useShare } from '../../ui/use-share.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { Course } from '../slots/phase-words.ts'
import type { SlotFilter } from '../slots/slot-filter.ts'
import styles from './Lanes.module.css'
import { type Lane, lanes } from './lanes.ts'
import { untilWords } from './time-words.ts'

type LanesProps = {
  service: Service
  course: Course
  filter: SlotFilter
  onFilter: (filter: SlotFilter) => void
}

/** How many slots are where on their way. Each lane is a filter, as the legend's counts. */
export function Lanes({ service, course, filter, onFilter }: LanesProps) {
  const { rollout } = service
  return (
    <ol className={styles.lanes} aria-label="Show only slots that are" data-course={course}>
      {lanes(service, course).map((lane, place) => (
        <li key={lane.phase}>
          {place > 0 && (
            <span className={styles.arrow} aria-hidden="true">
              {course === 'rollback' ? '←' : '→'}
            </span>
          )}
          <button
            type="button"
            className={styles.lane}
            aria-pressed={filter === lane.phase}
            // A count of zero fades where it stands, so that nothing shifts later.
            disabled={lane.count === 0 && filter !== lane.phase}
            onClick={() => onFilter(filter === lane.phase ? null : lane.phase)}
            data-lane={lane.phase}
          >
            <span className={styles.label}>{lane.label}</span>{' '}
            <span className={styles.number}>
              {lane.phase === 'verifying' && rollout?.verifyingUntil && lane.count > 0 ? (
                <Verifying
                  lane={lane}
                  until={Date.parse(rollout.verifyingUntil)}
                  monitorMs={rollout.monitorNs / 1e6}
                />
              ) : (
                <Count lane={lane} face={faces(course)[lane.phase]} />
              )}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function Count({ lane: { count, of }, face }: { lane: Lane; face: Face }) {
  return (
    <>
      <Cell face={face} size={14} />
      <strong>{count}</strong> {of !== null && <span>of {of}</span>}
    </>
  )
}

type VerifyingProps = { lane: Lane; until: number; monitorMs: number }

/** The lane whose slots run and are watched: until when, and how much of that is over. */
function Verifying({ lane, until, monitorMs }: VerifyingProps) {
  const filled = useShare(until - monitorMs, until) ?? 0
  const words = useClock((clock) => untilWords(until, clock.now()))
  return (
    <>
      <Cell face={{ ...running, filled }} size={14} />
      <strong>{lane.count}</strong>{' '}
      {words && (
        <>
          <span aria-hidden="true">{words}</span>
          <VisuallyHidden>until {clockTime(until)}</VisuallyHidden>
        </>
      )}
    </>
  )
}

const running: Face = { shape: 'square', tone: 'ok', hollow: false }

const rolled: Record<SlotPhase, Face> = {
  'to-update': { ...running, hollow: true },
  'in-flight': { shape: 'ring', tone: 'progress', hollow: false },
  verifying: { ...running, filled: 0.6 },
  updated: running,
}

const worked: Record<SlotPhase, Face> = {
  'to-update': { shape: 'square-dashed', tone: 'neutral', hollow: false },
  'in-flight': running,
  verifying: running,
  updated: { shape: 'flag', tone: 'neutral', hollow: false },
}

/** How the cells of a lane look, as a rule: what failed on its way looks as it is. */
const faces = (course: Course) => (course === 'job' ? worked : rolled)
