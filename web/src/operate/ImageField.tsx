import { useId } from 'react'
import { Button } from '../ui/Button.tsx'
import styles from './Fields.module.css'
import { FieldNote } from './ScaleField.tsx'

type ImageFieldProps = {
  text: string
  now: string
  error: string | null
  onText: (text: string) => void
}

/** The reference of an image; the tag is what mostly changes, so it is selected first. */
export function ImageField({ text, now, error, onText }: ImageFieldProps) {
  const id = useId()
  const [current = ''] = now.split('@')
  return (
    <div className={styles.field}>
      <label htmlFor={id}>Image</label>
      <input
        id={id}
        data-first
        className={styles.wide}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        aria-invalid={error !== null}
        aria-describedby={`${id}-note`}
        onFocus={({ target }) =>
          target.setSelectionRange(tagStart(target.value), target.value.length)
        }
        onChange={(event) => onText(event.target.value)}
      />
      <FieldNote
        id={`${id}-note`}
        error={error}
        hint="The engine asks the registry for the digest, so that every node runs the same."
      />
      {text.trim() !== current && (
        <Button look="quiet" className={styles.back} onClick={() => onText(current)}>
          Back to {current}
        </Button>
      )}
    </div>
  )
}

/** Where the tag of a reference begins; a port is none. */
function tagStart(reference: string): number {
  const colon = reference.lastIndexOf(':')
  return colon > reference.lastIndexOf('/') ? colon + 1 : 0
}
