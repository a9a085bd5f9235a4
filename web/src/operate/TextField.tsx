import { type ReactNode, useId } from 'react'
import styles from './Fields.module.css'
import { FieldNote } from './ScaleField.tsx'

type TextFieldProps = {
  label: string
  value: string
  /** What is wrong with it; otherwise what to know of it. */
  error: string | null
  hint?: string | undefined
  /** A name, which is as wide as the sheet, or a number of a few digits. */
  holds: 'name' | 'number'
  /** Whether the sheet begins here. */
  first?: boolean
  onText: (text: string) => void
  onFocus?: (field: HTMLInputElement) => void
  onBlur?: () => void
  /** What stands beneath, such as a way back. */
  children?: ReactNode
}

/** A line to type into. The browser is told to remember and correct nothing of it. */
export function TextField(props: TextFieldProps) {
  const { label, value, error, hint, holds, first, onText, onFocus, onBlur } = props
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        data-first={first ? '' : undefined}
        className={holds === 'name' ? styles.wide : styles.short}
        inputMode={holds === 'number' ? 'numeric' : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        aria-invalid={error !== null}
        aria-describedby={`${id}-note`}
        onFocus={(event) => onFocus?.(event.target)}
        onBlur={onBlur}
        onChange={(event) => onText(event.target.value)}
      />
      <FieldNote id={`${id}-note`} error={error} {...(hint !== undefined && { hint })} />
      {props.children}
    </div>
  )
}
