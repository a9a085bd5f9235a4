import { type ReactNode, useId } from 'react'
import type { PaceText } from './arguments.ts'
import styles from './Fields.module.css'
import { FieldNote } from './ScaleField.tsx'

type PaceFieldsProps = {
  legend: string
  of: 'update' | 'rollback'
  text: PaceText
  /** By name of the argument. */
  errors: Readonly<Record<string, string>>
  onText: (text: PaceText) => void
}

const orders = {
  'stop-first': 'Stop first, then start',
  'start-first': 'Start first, then stop',
} as const
const actions = {
  pause: 'Pause',
  continue: 'Go on',
  rollback: 'Roll back',
} as const

/** How many at a time, how far apart, how long each is watched, and what a failure does. */
export function PaceFields({ legend, of, text, errors, onText }: PaceFieldsProps) {
  const errorOf = (key: keyof PaceText) => errors[argumentName(of, key)] ?? null
  const numberField = (key: NumberKey, label: string, unit: string, hint?: string) => (
    <Field label={label} error={errorOf(key)} hint={hint}>
      {(id, note) => (
        <span className={styles.measured}>
          <input
            id={id}
            className={styles.short}
            inputMode="decimal"
            autoComplete="off"
            value={text[key]}
            aria-invalid={errorOf(key) !== null}
            aria-describedby={note}
            onChange={(event) => onText({ ...text, [key]: event.target.value })}
          />
          {unit && <span className={styles.unit}>{unit}</span>}
        </span>
      )}
    </Field>
  )
  const { rollback: _, ...ownActions } = actions
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      {numberField('parallelism', 'At a time', 'tasks', '0 is all at once')}
      {numberField('delay', 'Between', 's')}
      {numberField('monitor', 'Verified for', 's')}
      {numberField('maxFailureRatio', 'Failure ratio', '', 'share of tasks, 0 to 1')}
      <Field label="Order" error={null}>
        {(id) => (
          <select
            id={id}
            value={text.order}
            onChange={({ target }) => {
              const order = keyOf(orders, target.value)
              if (order) onText({ ...text, order })
            }}
          >
            <Options of={orders} />
          </select>
        )}
      </Field>
      <Field label="On failure" error={null}>
        {(id) => (
          <select
            id={id}
            value={text.failureAction}
            onChange={({ target }) => {
              const failureAction = keyOf(actions, target.value)
              if (failureAction) onText({ ...text, failureAction })
            }}
          >
            <Options of={of === 'update' ? actions : ownActions} />
          </select>
        )}
      </Field>
    </fieldset>
  )
}

type NumberKey = 'parallelism' | 'delay' | 'monitor' | 'maxFailureRatio'

type FieldProps = {
  label: string
  error: string | null
  hint?: string | undefined
  children: (id: string, note: string) => ReactNode
}

function Field({ label, error, hint, children }: FieldProps) {
  const id = useId()
  const note = `${id}-note`
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id, note)}
      <FieldNote id={note} error={error} {...(hint !== undefined && { hint })} />
    </div>
  )
}

const Options = ({ of }: { of: Readonly<Record<string, string>> }) =>
  Object.entries(of).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ))

const keyOf = <K extends string>(of: Readonly<Record<K, string>>, value: string) =>
  (Object.keys(of) as K[]).find((key) => key === value) // Object.keys forgets the key type

/** "delay" of an update, "rollbackDelay" of a rollback. */
const argumentName = (of: 'update' | 'rollback', key: string): string =>
  of === 'update' ? key : `rollback${key.charAt(0).toUpperCase()}${key.slice(1)}`
