import { Tooltip } from '@mantine/core'
import { Breakable } from './Breakable.tsx'
import styles from './ImageRef.module.css'
import { middle } from './middle.ts'

type ImageRefProps = {
  /** Such as "registry:5000/team/web:2.8.1@sha256:…". */
  reference: string
  /** The most characters to show of the name and tag. */
  length?: number
  /** In tables: no tab stop of its own. */
  dense?: boolean
}

/** A reference to an image: the end of its name, and the start of its digest. */
export function ImageRef({ reference, length = 40, dense = false }: ImageRefProps) {
  const at = reference.indexOf('@')
  const name = at < 0 ? reference : reference.slice(0, at)
  const digest = at < 0 ? null : reference.slice(at + 1).replace(/^sha256:/, '')
  const shown = (
    <>
      <Breakable text={middle(name, length)} />
      {digest && (
        <>
          <wbr />
          <span className={styles.digest}>@{digest.slice(0, 12)}</span>
        </>
      )}
    </>
  )
  if (dense)
    return (
      <code className={styles.image} title={reference}>
        {shown}
      </code>
    )
  return (
    <Tooltip label={reference} classNames={{ tooltip: styles.whole }}>
      <code className={styles.image} tabIndex={0}>
        {shown}
      </code>
    </Tooltip>
  )
}
