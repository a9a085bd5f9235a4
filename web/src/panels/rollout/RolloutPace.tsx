import type { Rollout } from '@skep/shared/contract/rollout'
import { Ago } from '../../ui/Ago.tsx'
import { useClock } from '../../ui/clock.ts'
import { Explained } from '../../ui/Explained.tsx'
import { clockTime } from '../../ui/time.ts'
import styles from './RolloutPace.module.css'
import { beginnerWords } from './rollout-words.ts'
import { finishWords } from './time-words.ts'

const whyWaves =
  'An estimate: the swarm works in lanes, not in waves. Each lane takes the next slot as soon as it is free, so a slow slot holds up its own lane and no other.'

const whyFinish =
  'An estimate, from the pace so far and the settings below. A failure or a slow start moves it.'

/** Since when, through whom, about how far, and until about when. */
export function RolloutPace({ rollout }: { rollout: Rollout }) {
  const { startedAt, wave, finish } = rollout
  const beginner = beginnerWords(rollout)
  return (
    <div className={styles.pace}>
      {startedAt && (
        <span>
          Started {clockTime(Date.parse(startedAt))}, <Ago at={startedAt} as="past" />
        </span>
      )}
      {beginner && <span>{beginner}</span>}
      {wave && (
        <Explained why={whyWaves}>
          wave {wave.n} of {wave.of} ≈
        </Explained>
      )}
      {finish && <Finish finish={finish} />}
    </div>
  )
}

function Finish({ finish }: { finish: NonNullable<Rollout['finish']> }) {
  const words = useClock((clock) => finishWords(finish, clock.now()))
  return <Explained why={whyFinish}>finish {words}</Explained>
}
