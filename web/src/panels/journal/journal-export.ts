import type { JournalEntry, JournalPage } from '@skep/shared/contract/journal'

const columns: [header: string, cell: (entry: JournalEntry) => string | null][] = [
  ['id', ({ id }) => String(id)],
  ['time', ({ at }) => at],
  ['kind', ({ kind }) => kind],
  ['tone', ({ tone }) => tone],
  ['subject kind', ({ subject }) => subject.kind],
  ['subject', ({ subject }) => subject.name],
  ['slot', ({ slot }) => slot],
  [
    'related',
    ({ related }) => related.map(({ kind, name }) => `${kind} ${name}`).join(' '),
  ],
  ['what happened', ({ sentence }) => sentence],
  ['cause', ({ cause }) => cause],
  ['who', ({ actor }) => actor],
  ['operation', ({ operation }) => operation],
]

/** Entries as a table for spreadsheets (RFC 4180), one a line. */
export function asCsv(entries: readonly JournalEntry[]): string {
  const rows = [
    columns.map(([header]) => header),
    ...entries.map((entry) => columns.map(([, cell]) => cell(entry) ?? '')),
  ]
  return `${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
}

/**
 * A text as a cell that no spreadsheet takes for a formula (OWASP, CSV injection): labels,
 * names and log lines are anybody's text. A quote mark goes before what would begin one,
 * also behind a semicolon, where a program set to that separator begins a cell; tabs, the
 * other common one, become spaces.
 */
export function csvCell(text: string): string {
  const line = text.replace(/[\r\n\t\v\f\0\u2028\u2029]+/g, ' ')
  const tame = line.replace(/(^|;)(?=[\s"']*[=+\-@＝＋－＠])/g, "$1'")
  return `"${tame.replaceAll('"', '""')}"`
}

/** Entries whole, with how far the memory of the console goes. */
export const asJson = (
  entries: readonly JournalEntry[],
  { since, retentionDays }: Pick<JournalPage, 'since' | 'retentionDays'>,
): string => `${JSON.stringify({ since, retentionDays, entries }, null, 2)}\n`
