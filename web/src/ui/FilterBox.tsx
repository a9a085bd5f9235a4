import styles from './FilterBox.module.css'

type FilterBoxProps = {
  label: string
  value: string
  onChange: (value: string) => void
}

/** Narrows a list by words. Escape empties it; `data-filter` lets a key of the page find it. */
export function FilterBox({ label, value, onChange }: FilterBoxProps) {
  return (
    <input
      type="search"
      className={styles.box}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (value === '') event.currentTarget.blur()
        else onChange('')
      }}
      autoComplete="off"
      spellCheck={false}
      data-filter
    />
  )
}
