import { type Dispatch, type SetStateAction, useId, useRef } from 'react'
import { Button } from '../ui/Button.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import styles from './LabelFields.module.css'
import {
  type AddedLabel,
  fieldName,
  type LabelDraft,
  type LabelRow,
} from './label-draft.ts'

type LabelFieldsProps = {
  rows: readonly LabelRow[]
  /** By `fieldName`. */
  errors: Readonly<Record<string, string>>
  onDraft: Dispatch<SetStateAction<LabelDraft>>
}

/** Labels, a line each: change, take away, add. */
export function LabelFields({ rows, errors, onDraft }: LabelFieldsProps) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const add = useRef<HTMLButtonElement>(null)
  const added = rows.filter((row) => row.kind === 'added')
  const edit = (key: string, value: string | null) =>
    onDraft((before) => ({ ...before, edits: { ...before.edits, [key]: value } }))
  const restore = (key: string) =>
    onDraft(({ edits: { [key]: _, ...edits }, added }) => ({ edits, added }))
  const change = (one: AddedLabel) =>
    onDraft(({ edits, added }) => {
      const isNew = added.every(({ id }) => id !== one.id)
      return {
        edits,
        added: isNew ? added : added.map((old) => (old.id === one.id ? one : old)),
      }
    })
  const drop = ({ id, key }: AddedLabel) => {
    onDraft(({ edits: { [key]: edited, ...others }, added }) =>
      id < 0
        ? { edits: others, added }
        : {
            edits: edited === undefined ? others : { ...others, [key]: edited },
            added: added.filter((one) => one.id !== id),
          },
    )
    add.current?.focus()
  }
  const addOne = () => {
    const next = 1 + Math.max(0, ...added.map(({ id }) => id))
    onDraft((before) => ({
      ...before,
      added: [...before.added, { id: next, key: '', value: '' }],
    }))
    // Once it is there.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-added="${next}"] input`)?.focus(),
    )
  }
  return (
    <fieldset className={styles.labels}>
      <legend>Labels</legend>
      <ul ref={list}>
        {rows.length === 0 && <li className={styles.none}>No labels yet.</li>}
        {rows.map((row) =>
          row.kind === 'present' ? (
            <PresentLabel
              key={row.key}
              row={row}
              id={`${id}${row.key}`}
              error={errors[fieldName.value(row.key)] ?? null}
              onValue={(value) => edit(row.key, value)}
              onRemove={() => edit(row.key, null)}
              onRestore={() => restore(row.key)}
            />
          ) : (
            <AddedFields
              key={`added ${row.id}`}
              label={row}
              id={`${id}added${row.id}`}
              errors={errors}
              onChange={change}
              onDrop={() => drop(row)}
            />
          ),
        )}
      </ul>
      <Button ref={add} onClick={addOne} className={styles.add}>
        Add a label
      </Button>
    </fieldset>
  )
}

type PresentLabelProps = {
  row: Extract<LabelRow, { kind: 'present' }>
  id: string
  error: string | null
  onValue: (value: string) => void
  onRemove: () => void
  onRestore: () => void
}

function PresentLabel({ row, id, error, onValue, onRemove, onRestore }: PresentLabelProps) {
  const { key, value, now, removed } = row
  const isChanged = removed || value !== now
  return (
    <li data-removed={removed || undefined} data-changed={isChanged || undefined}>
      <label htmlFor={id} className={styles.key}>
        <code>{key}</code>
        <VisuallyHidden>{removed ? ', to be removed' : ', value'}</VisuallyHidden>
      </label>
      <input
        id={id}
        value={value}
        disabled={removed}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={error !== null}
        aria-describedby={`${id}-note`}
        onChange={(event) => onValue(event.target.value)}
      />
      <Button
        look="quiet"
        aria-label={isChanged ? `Undo the change of ${key}` : `Remove ${key}`}
        onClick={isChanged ? onRestore : onRemove}
      >
        {isChanged ? 'Undo' : 'Remove'}
      </Button>
      <Note id={`${id}-note`} error={error}>
        {removed ? 'will be removed' : isChanged && `now ${now === '' ? 'empty' : now}`}
      </Note>
    </li>
  )
}

type AddedFieldsProps = {
  label: AddedLabel
  id: string
  errors: Readonly<Record<string, string>>
  onChange: (label: AddedLabel) => void
  onDrop: () => void
}

function AddedFields({ label, id, errors, onChange, onDrop }: AddedFieldsProps) {
  const keyError = errors[fieldName.addedKey(label.id)] ?? null
  const error = keyError ?? errors[fieldName.addedValue(label.id)] ?? null
  const shared = {
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellCheck: false,
    'aria-describedby': `${id}-note`,
  } as const
  return (
    <li data-added={label.id} data-changed>
      <input
        {...shared}
        aria-label="Key of the new label"
        placeholder="key"
        value={label.key}
        readOnly={label.id < 0}
        aria-invalid={keyError !== null}
        onChange={(event) => onChange({ ...label, key: event.target.value })}
      />
      <input
        {...shared}
        aria-label={`Value of ${label.key || 'the new label'}`}
        placeholder="value"
        value={label.value}
        readOnly={label.id < 0}
        aria-invalid={error !== null && keyError === null}
        onChange={(event) => onChange({ ...label, value: event.target.value })}
      />
      <Button
        look="quiet"
        aria-label={`Undo adding ${label.key || 'this label'}`}
        onClick={onDrop}
      >
        Undo
      </Button>
      <Note id={`${id}-note`} error={error}>
        {label.id < 0 && 'was taken away meanwhile; this would add it again'}
      </Note>
    </li>
  )
}

type NoteProps = { id: string; error: string | null; children: React.ReactNode }

const Note = ({ id, error, children }: NoteProps) => (
  <p
    id={id}
    className={styles.note}
    data-error={error !== null || undefined}
    aria-live="polite"
  >
    {error ?? children}
  </p>
)
