import type { JournalEntry } from '@skep/shared/contract/journal'
import type { Reference } from '@skep/shared/contract/preview'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useClock } from '../../ui/clock.ts'
import { JournalRow } from './JournalRow.tsx'
import styles from './JournalTable.module.css'
import { type JournalLine, journalDays, operationEnds } from './journal-lines.ts'
import { dayTitle } from './journal-words.ts'

type JournalTableProps = {
  /** What the table holds, for those who cannot see it. */
  label: string
  /** Newest first. */
  entries: JournalEntry[]
  /** What the page is about, which need not be said again on every line. */
  about: Reference | null
}

/** Entries by day, one a line; what repeats is one line until it is asked for. */
export function JournalTable({ label, entries, about }: JournalTableProps) {
  const hash = useLocation({ select: (location) => location.hash })
  // To the day: which is all that a title needs to know of the time.
  const today = useClock((clock) => Math.floor(clock.now() / 60_000)) * 60_000
  const [newestAtFirst] = useState(() => entries[0]?.id ?? 0)
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  useScrollTo(hash)

  const ends = operationEnds(entries)
  const toggle = (line: JournalLine) => {
    const next = new Set(open)
    if (!next.delete(nameOf(line))) next.add(nameOf(line))
    setOpen(next)
  }
  const rowOf = (entry: JournalEntry) => ({
    entry,
    about,
    ends,
    isTarget: hash === `entry-${entry.id}`,
    isNew: entry.id > newestAtFirst,
  })
  return (
    <table className={styles.table} aria-label={label} data-about={about?.kind}>
      <thead>
        <tr>
          <th scope="col" className={styles.time}>
            Time
          </th>
          <th scope="col">What happened</th>
          <th scope="col" className={styles.concerns}>
            {about?.kind === 'service' ? 'Where' : 'Concerns'}
          </th>
          <th scope="col" className={styles.who}>
            Who
          </th>
        </tr>
      </thead>
      {journalDays(entries).map(({ key, at, lines }) => (
        <tbody key={key}>
          <tr className={styles.day}>
            <th scope="rowgroup" colSpan={4}>
              {dayTitle(at, today)}
            </th>
          </tr>
          {lines.map((line) => {
            const isOpen = open.has(nameOf(line))
            return [
              <JournalRow
                key={line.newest.id}
                {...rowOf(line.newest)}
                again={line.before}
                isOpen={isOpen}
                onToggle={() => toggle(line)}
              />,
              ...(isOpen ? line.before : []).map((entry) => (
                <JournalRow key={entry.id} {...rowOf(entry)} isRepeat />
              )),
            ]
          })}
        </tbody>
      ))}
    </table>
  )
}

// The oldest of a line stays while newer ones of its like come.
const nameOf = ({ newest, before }: JournalLine) => before.at(-1)?.id ?? newest.id

// The router scrolls before the journal has come.
function useScrollTo(hash: string) {
  useEffect(() => {
    if (!hash.startsWith('entry-')) return
    document.getElementById(hash)?.scrollIntoView({ block: 'center' })
  }, [hash])
}
