import type { JournalEntry, JournalPage } from '@skep/shared/contract/journal'
import { Button } from '../../ui/Button.tsx'
import { download } from '../../ui/download.ts'
import styles from './ExportButtons.module.css'
import { asCsv, asJson } from './journal-export.ts'

type ExportButtonsProps = {
  /** Those that are shown, repeated ones one by one. */
  entries: JournalEntry[]
  page: JournalPage | null
}

/** What is shown, to take away: for a ticket or a spreadsheet. */
export function ExportButtons({ entries, page }: ExportButtonsProps) {
  const nothing = page === null || entries.length === 0
  const name = `skep-journal-${entries[0]?.at.slice(0, 19).replaceAll(':', '-') ?? 'empty'}`
  return (
    <span className={styles.buttons}>
      <Button
        look="quiet"
        disabled={nothing}
        // The mark at the beginning tells spreadsheets that this is UTF-8.
        onClick={() => download(`${name}.csv`, 'text/csv', `\uFEFF${asCsv(entries)}`)}
      >
        Export CSV
      </Button>
      <Button
        look="quiet"
        disabled={nothing}
        onClick={() =>
          page && download(`${name}.json`, 'application/json', asJson(entries, page))
        }
      >
        Export JSON
      </Button>
    </span>
  )
}
