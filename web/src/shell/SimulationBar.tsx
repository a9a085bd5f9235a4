import { useStatus } from '../cluster/status.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import bar from './Bar.module.css'
import { Choice } from './Choice.tsx'
import styles from './SimulationBar.module.css'
import { speedChoices, speedWords } from './simulation-words.ts'
import { useSpeed } from './use-speed.ts'

/** Says on every page of a simulated swarm that it is one, and how fast its time passes. */
export function SimulationBar() {
  const speed = useStatus(({ swarm }) => swarm?.simulation?.speed ?? null)
  return speed === null ? null : <Simulated speed={speed} />
}

function Simulated({ speed }: { speed: number }) {
  const { asked, ask, refusal } = useSpeed()
  const value = speedChoices.find((choice) => choice === String(asked ?? speed)) ?? null
  return (
    <div className={`${bar.bar} ${styles.bar}`}>
      <div className={bar.words}>
        <p>A simulated swarm: nothing here is real.</p>
        {refusal && <p role="alert">Its time goes on as before: {refusal}</p>}
      </div>
      <Choice
        legend={<VisuallyHidden>How fast its time passes</VisuallyHidden>}
        options={options}
        value={value}
        onChange={(choice) => ask(Number(choice))}
      />
      <VisuallyHidden>
        <span role="status">{speedWords(speed)}</span>
      </VisuallyHidden>
    </div>
  )
}

const times = (count: number) => (
  <>
    {count}×<VisuallyHidden> as fast</VisuallyHidden>
  </>
)

const options = { 0: 'Stopped', 1: times(1), 10: times(10), 60: times(60) }
