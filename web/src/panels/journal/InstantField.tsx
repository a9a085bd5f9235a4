import styles from './InstantField.module.css'
import { fromField, toField } from './local-time.ts'

type InstantFieldProps = {
  label: string
  /** ISO 8601, or nothing. */
  value: string | undefined
  /** ISO 8601 in UTC; empty when it was emptied. */
  onChange: (value: string) => void
}

/** An instant to the second, in the reader's zone. */
export function InstantField({ label, value, onChange }: InstantFieldProps) {
  return (
    <label className={styles.label}>
      {label}
      <input
        type="datetime-local"
        step={1}
        className={styles.field}
        // Half a date is none yet, and must not be taken away while it is typed.
        key={value}
        defaultValue={toField(value)}
        onBlur={(event) => {
          const chosen = fromField(event.target.value)
          if (event.target.value !== toField(value)) onChange(chosen)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
      />
    </label>
  )
}
