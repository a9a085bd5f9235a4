import { useId, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Copyable } from '../Copyable.tsx'
import fields from '../Fields.module.css'
import { FieldNote } from '../ScaleField.tsx'
import {
  type Alphabet,
  alphabetNames,
  alphabets,
  generated,
  lengthOf,
  lengths,
  strength,
} from './generate-value.ts'
import styles from './ValueField.module.css'

type GenerateFieldProps = { value: string; onValue: (value: string) => void }

/** A random value, made here by the browser. It is shown on this sheet, and never again. */
export function GenerateField({ value, onValue }: GenerateFieldProps) {
  const id = useId()
  const [text, setText] = useState<string>(String(lengths.usual))
  const [alphabet, setAlphabet] = useState<Alphabet>('alphanumeric')
  const length = lengthOf(text)
  const error = typeof length === 'string' ? length : null
  return (
    <>
      <div className={styles.generate}>
        <div className={fields.field}>
          <label htmlFor={`${id}-length`}>Length</label>
          <input
            id={`${id}-length`}
            className={fields.short}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            aria-invalid={error !== null}
            aria-describedby={`${id}-note`}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <div className={fields.field}>
          <label htmlFor={`${id}-alphabet`}>Of</label>
          <select
            id={`${id}-alphabet`}
            value={alphabet}
            onChange={({ target }) =>
              setAlphabet(alphabetNames.find((name) => name === target.value) ?? alphabet)
            }
          >
            {alphabetNames.map((name) => (
              <option key={name} value={name}>
                {alphabets[name].label}
              </option>
            ))}
          </select>
        </div>
        <Button
          disabled={typeof length === 'string'}
          onClick={() => typeof length === 'number' && onValue(generated(length, alphabet))}
        >
          {value === '' ? 'Generate a value' : 'Generate another'}
        </Button>
      </div>
      <FieldNote
        id={`${id}-note`}
        error={error}
        {...(typeof length === 'number' && {
          hint: `≈ ${strength(length, alphabet)} bits. Made by this browser.`,
        })}
      />
      {value !== '' && (
        <>
          <Copyable text={value} what="the value">
            <code data-generated className={styles.generated}>
              {value}
            </code>
          </Copyable>
          <p className={fields.hint}>
            Shown here only: copy it now if anyone but the swarm needs it.
          </p>
        </>
      )}
    </>
  )
}
