import type { Rollout } from '@skep/shared/contract/rollout'
import { Cell } from '../../ui/Cell.tsx'
import { Fact, Facts } from '../../ui/Facts.tsx'
import { ImageRef } from '../../ui/ImageRef.tsx'
import { unbroken } from '../../ui/unbroken.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { Course } from '../slots/phase-words.ts'
import { Budget } from './Budget.tsx'
import styles from './RolloutFacts.module.css'
import { settingsWords } from './rollout-words.ts'

/** What would end it, how it goes, and what runs meanwhile. */
export function RolloutFacts({ rollout, course }: { rollout: Rollout; course: Course }) {
  const { versions } = rollout
  return (
    <Facts>
      {course !== 'job' && (
        <Fact name="Failures">
          <Budget rollout={rollout} />
        </Fact>
      )}
      <Fact name="Settings">{unbroken(settingsWords(rollout, course))}</Fact>
      <Fact name={versions.length > 1 ? 'Mixed versions' : 'Running now'}>
        {versions.length > 0 && <Versions versions={versions} />}
      </Fact>
    </Facts>
  )
}

function Versions({ versions }: Pick<Rollout, 'versions'>) {
  return (
    <ul className={styles.versions}>
      {versions.map(({ image, running, current }) => (
        <li key={`${image} ${current}`}>
          <Cell face={{ shape: 'square', tone: 'ok', hollow: !current }} size={14} />
          <strong>{running}</strong>
          <ImageRef reference={image} length={26} />
          <VisuallyHidden>
            {current ? 'on the current spec' : 'on an earlier spec'}
          </VisuallyHidden>
        </li>
      ))}
    </ul>
  )
}
