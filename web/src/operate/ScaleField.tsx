import { useId } from 'react'
import styles from './Fields.module.css'

type ScaleFieldProps = {
  label: string
  now: number
  text: string
  error: string | null
  onText: (text: string) => void
}

/** How many, by hand or one by one. */
export function ScaleField({ label, now, text, error, onText }: ScaleFieldProps) {
  const id = useId()
  const number = /^\d+$/.test(text.trim()) ? Number(text) : now
  const step = (by: 1 | -1) => onText(String(Math.max(0, number + by)))
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.stepper}>
        <button
          type="button"
          aria-label="One less"
          disabled={number === 0}
          onClick={() => step(-1)}
        >
          −
        </button>
        <input
          id={id}
          data-first
          inputMode="numeric"
          autoComplete="off"
          value={text}
          aria-invalid={error !== null}
          aria-describedby={`${id}-note`}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
            event.preventDefault()
            step(event.key === 'ArrowUp' ? 1 : -1)
          }}
        />
        <button type="button" aria-label="One more" onClick={() => step(1)}>
          +
        </button>
        <span className={styles.unit}>now {now}</span>
      </div>
      <FieldNote id={`${id}-note`} error={error} />
    </div>
  )
}

/** What is wrong with a field, or what to know of it. */
export function FieldNote(props: { id: string; error: string | null; hint?: string }) {
  const { id, error, hint } = props
  return (
    <p id={id} className={error === null ? styles.hint : styles.error} aria-live="polite">
      {error ?? hint}
    </p>
  )
}
