import type { JournalEntry } from '@skep/shared/contract/journal'
import type { Reference } from '@skep/shared/contract/preview'
import { Link } from '@tanstack/react-router'
import styles from './Concerns.module.css'
import { ReferenceLink } from './ReferenceLink.tsx'

type ConcernsProps = {
  entry: JournalEntry
  /** What the page is about, which need not be said again on every line. */
  about: Reference | null
}

/** What an entry is about: its subject, the slot, and what else it touches. */
export function Concerns({ entry, about }: ConcernsProps) {
  const { subject, related, slot } = entry
  const others = [subject, ...related].filter((reference) => !isSame(reference, about))
  // The slot of a global service is its node, which is related already.
  const hasSlot = slot !== null && !others.some(({ name }) => name === slot)
  if (others.length === 0 && !hasSlot) return null
  const [first, ...rest] = others
  return (
    <span className={styles.concerns}>
      {first === subject && <ReferenceLink reference={first} service={null} />}
      {hasSlot && <SlotLink subject={subject} slot={slot} />}
      {(first === subject ? rest : others).map((reference) => (
        <ReferenceLink
          key={`${reference.kind} ${reference.name}`}
          reference={reference}
          service={subject.kind === 'service' ? subject.name : null}
        />
      ))}
    </span>
  )
}

function SlotLink({ subject, slot }: { subject: Reference; slot: string }) {
  const words = /^\d+$/.test(slot) ? `slot ${slot}` : slot
  if (subject.kind !== 'service') return words
  return (
    <Link to="/services/$name/tasks" params={{ name: subject.name }} search={{ slot }}>
      {words}
    </Link>
  )
}

const isSame = (a: Reference, b: Reference | null) =>
  b !== null && a.kind === b.kind && a.name === b.name
