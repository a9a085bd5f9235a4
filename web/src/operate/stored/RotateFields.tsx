import { useId } from 'react'
import { TextField } from '../TextField.tsx'
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
      <TextField
        label="Name of the next version"
        holds="name"
        value={text.next ?? proposed ?? ''}
        error={errors.next ?? null}
        hint={text.next === null ? 'Proposed by the name of this one.' : undefined}
        onText={(next) => onText({ ...text, next })}
      />
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
      <TextField
        label="Hours to keep the old one for rollback"
        holds="number"
        value={text.windowHours}
        error={errors.windowHours ?? null}
        hint="It is removed by hand, later; the console reminds of it."
        onText={(windowHours) => onText({ ...text, windowHours })}
      />
    </>
  )
}
