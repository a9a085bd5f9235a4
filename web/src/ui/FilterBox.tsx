import styles from './FilterBox.module.css'

type FilterBoxProps = {
  label: string
  value: string
  onChange: (value: string) => void
}

/** Narrows a list by words. Enter leaves it, Escape empties it; `data-filter` lets a key of the page find it. */
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
        // Done with typing: the keys of the page, which move through the rows, work again.
        if (event.key === 'Enter') event.currentTarget.blur()
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
