import { useId } from 'react'
import fields from '../Fields.module.css'
import { FieldNote } from '../ScaleField.tsx'
import type { RotateText } from './rotate-question.ts'
import styles from './Stored.module.css'

type RotateFieldsProps = {
  text: RotateText
  /** The name that the server proposes; null until it did. */
  proposed: string | null
  errors: Readonly<Record<string, string>>
  onText: (text: RotateText) => void
}

/** What the next version is called, in which order its consumers go, how long the old stays. */
export function RotateFields({ text, proposed, errors, onText }: RotateFieldsProps) {
  const id = useId()
  return (
    <>
      <div className={fields.field}>
        <label htmlFor={`${id}-next`}>Name of the next version</label>
        <input
          id={`${id}-next`}
          className={fields.wide}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text.next ?? proposed ?? ''}
          aria-invalid={errors.next !== undefined}
          aria-describedby={`${id}-next-note`}
          onChange={(event) => onText({ ...text, next: event.target.value })}
        />
        <FieldNote
          id={`${id}-next-note`}
          error={errors.next ?? null}
          {...(text.next === null && { hint: 'Proposed by the name of this one.' })}
        />
      </div>
      <fieldset className={styles.choices}>
        <legend>Services are updated</legend>
        {[false, true].map((together) => (
          <label key={String(together)}>
            <input
              type="radio"
              name={`${id}-order`}
              checked={text.together === together}
              onChange={() => onText({ ...text, together })}
            />
            {together
              ? 'together, all at the same time'
              : 'one after another: the first that fails stops the rest'}
          </label>
        ))}
      </fieldset>
      <div className={fields.field}>
        <label htmlFor={`${id}-window`}>Hours to keep the old one for rollback</label>
        <input
          id={`${id}-window`}
          className={fields.short}
          inputMode="numeric"
          autoComplete="off"
          value={text.windowHours}
          aria-invalid={errors.windowHours !== undefined}
          aria-describedby={`${id}-window-note`}
          onChange={(event) => onText({ ...text, windowHours: event.target.value })}
        />
        <FieldNote
          id={`${id}-window-note`}
          error={errors.windowHours ?? null}
          hint="It is removed by hand, later; the console reminds of it."
        />
      </div>
    </>
  )
}
