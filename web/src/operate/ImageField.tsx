import { Button } from '../ui/Button.tsx'
import styles from './Fields.module.css'
import { TextField } from './TextField.tsx'

type ImageFieldProps = {
  text: string
  now: string
  error: string | null
  onText: (text: string) => void
}

/** The reference of an image; the tag is what mostly changes, so it is selected first. */
export function ImageField({ text, now, error, onText }: ImageFieldProps) {
  const [current = ''] = now.split('@')
  return (
    <TextField
      label="Image"
      holds="name"
      first
      value={text}
      error={error}
      hint="The engine asks the registry for the digest, so that every node runs the same."
      onText={onText}
      onFocus={(field) =>
        field.setSelectionRange(tagStart(field.value), field.value.length)
      }
    >
      {text.trim() !== current && (
        <Button look="quiet" className={styles.back} onClick={() => onText(current)}>
          Back to {current}
        </Button>
      )}
    </TextField>
  )
}

/** Where the tag of a reference begins; a port is none. */
function tagStart(reference: string): number {
  const colon = reference.lastIndexOf(':')
  return colon > reference.lastIndexOf('/') ? colon + 1 : 0
}
