import { type ReactNode, useId } from 'react'
import styles from './Choice.module.css'

type ChoiceProps<T extends string> = {
  legend: ReactNode
  options: Record<T, ReactNode>
  /** Null where none of them is so. */
  value: T | null
  onChange: (value: T) => void
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>({
  legend,
  options,
  value,
  onChange,
}: ChoiceProps<T>) {
  const name = useId()
  const values = Object.keys(options) as T[] // Object.keys forgets the key type
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      {values.map((option) => (
        <label key={option} className={styles.option}>
          <input
            type="radio"
            name={name}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {options[option]}
        </label>
      ))}
    </fieldset>
  )
}
