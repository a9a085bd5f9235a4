import styles from './Choice.module.css'

type ChoiceProps = {
  label: string
  /** What choosing nothing is called: "Every slot". */
  all: string
  options: readonly string[]
  word?: (option: string) => string
  value: string | undefined
  onChange: (value: string) => void
}

/** One of several, or all. */
export function Choice({ label, all, options, word, value = '', onChange }: ChoiceProps) {
  // What the address asks for is shown as chosen, whether or not there is such a thing.
  const offered = value === '' || options.includes(value) ? options : [value, ...options]
  return (
    <select
      className={styles.choice}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{all}</option>
      {offered.map((option) => (
        <option key={option} value={option}>
          {word?.(option) ?? option}
        </option>
      ))}
    </select>
  )
}
