import type { SpecSide } from '@skep/shared/contract/preview'
import { Ago } from '../ui/Ago.tsx'
import { Breakable } from '../ui/Breakable.tsx'
import { Changed } from './Changed.tsx'
import type { Part } from './marks.ts'
import styles from './Sides.module.css'

type SidesProps = { from: SpecSide; to: SpecSide; marks: ReadonlySet<Part> }

/** What runs now beside what would. */
export function Sides({ from, to, marks }: SidesProps) {
  const differs = nameOf(from) === nameOf(to) ? 'digest' : 'name'
  return (
    <section className={styles.sides} aria-label="What runs now, and what would">
      <Side title="Runs now" side={from} changed={marks.has('from')} differs={differs} />
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M2 8H13M9 4L13 8L9 12" />
      </svg>
      <Side title="Would run" side={to} changed={marks.has('to')} differs={differs} />
    </section>
  )
}

type SideProps = {
  title: string
  side: SpecSide
  changed: boolean
  /** What tells the two apart. */
  differs: 'name' | 'digest'
}

function Side({ title, side, changed, differs }: SideProps) {
  const { image, digest, since, label } = side
  const { before, tag } = taggedParts(image)
  return (
    <div className={styles.side}>
      <h3>
        {title} {changed && <Changed />}
      </h3>
      <code className={styles.image} title={image}>
        <Breakable text={before} />
        <wbr />
        <strong>{tag}</strong>
      </code>
      <code
        className={styles.digest}
        data-differs={differs === 'digest' || undefined}
        title={digest ?? undefined}
      >
        {digest === null ? 'no digest' : short(digest)}
      </code>
      <p className={styles.label}>
        {label}
        {since && (
          <>
            , since <Ago at={since} as="past" />
          </>
        )}
      </p>
    </div>
  )
}

const short = (digest: string) => `sha256:${digest.replace(/^sha256:/, '').slice(0, 12)}`

const nameOf = ({ image }: SpecSide) => image.split('@')[0]

/** A reference without its digest, its tag apart: that is what mostly differs. */
function taggedParts(reference: string) {
  const [name = ''] = reference.split('@')
  const colon = name.lastIndexOf(':')
  return colon > name.lastIndexOf('/')
    ? { before: name.slice(0, colon + 1), tag: name.slice(colon + 1) }
    : { before: name, tag: '' }
}
