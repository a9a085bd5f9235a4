import type { FieldChange } from '@skep/shared/contract/preview'
import { useState } from 'react'
import { ImageRef } from '../../ui/ImageRef.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './FieldChanges.module.css'

/** So many fields are a glance; the rest on demand. */
const glance = 6

type FieldChangesProps = {
  changes: FieldChange[]
  /** Say of each whether it replaces tasks: pointless where none does. */
  isMixed: boolean
}

/** Whether it is the image that changed, which is then shown as one. */
export const isImage = ({ path }: Pick<FieldChange, 'path'>): boolean =>
  path.endsWith('ContainerSpec.Image')

/** What differs between two specs, field by field, in human names. */
export function FieldChanges({ changes, isMixed }: FieldChangesProps) {
  const [all, setAll] = useState(false)
  const shown = all ? changes : changes.slice(0, glance)
  const more = changes.length - shown.length
  return (
    <>
      <dl className={styles.changes}>
        {shown.map((change) => (
          <div
            key={change.path}
            className={styles.change}
            data-short={isShort(change) || undefined}
          >
            <dt>
              {change.label}
              {isMixed && change.restarts && (
                <span className={styles.restarts}>replaces tasks</span>
              )}
            </dt>
            <dd>
              <Values change={change} />
            </dd>
          </div>
        ))}
      </dl>
      {more > 0 && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {more} more
        </button>
      )}
    </>
  )
}

/** So little that it stands beside its name. */
const isShort = ({ before, after, hidden }: FieldChange): boolean =>
  hidden || (before !== null && after !== null && before.length + after.length <= 20)

function Values({ change: { path, before, after, hidden } }: { change: FieldChange }) {
  if (hidden) return <span className={styles.said}>changed, hidden</span>
  return (
    <>
      <span className={styles.side} data-side="before">
        <VisuallyHidden>Before: </VisuallyHidden>
        <Value path={path} value={before} none="not set" />
      </span>
      <span className={styles.side} data-side="after">
        <VisuallyHidden>After: </VisuallyHidden>
        <Value path={path} value={after} none="not set any more" />
      </span>
    </>
  )
}

function Value(props: { path: string; value: string | null; none: string }) {
  const { path, value, none } = props
  if (value === null) return <span className={styles.said}>{none}</span>
  if (isImage({ path })) return <ImageRef reference={value} length={26} dense />
  return <code>{value === '' ? '(empty)' : value}</code>
}
