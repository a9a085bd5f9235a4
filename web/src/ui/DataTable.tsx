import type { ReactNode } from 'react'
import type { Column } from './column.ts'
import styles from './DataTable.module.css'
import { type Sort, sortedBy } from './sort.ts'
import { TableFrame } from './TableFrame.tsx'
import { TableRow } from './TableRow.tsx'
import { useFitting } from './use-fitting.ts'

export type DataTableProps<Row> = {
  /** What the table holds, for those who cannot see it. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** On a narrow screen, a second line beneath the first cell. */
  summary?: (row: Row) => ReactNode
  /** Rows that need attention are tinted, and no others. */
  tone?: (row: Row) => 'warning' | 'critical' | null
  /** Rows to outline: they changed while nobody could see it. */
  changed?: (row: Row) => boolean
  /** What a row says of itself to programs: `data-…` attributes. */
  attributes?: (row: Row) => Record<`data-${string}`, string>
  sort: Sort | null
  onSort: (sort: Sort) => void
  /** Instead of the rows, where there are none. */
  empty: ReactNode
}

/**
 * A dense table. The first column names the row and holds its link; it stays put while
 * the rest scrolls.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, sort, empty } = props
  const { columns, summary } = useFitting(props.columns, props.summary)
  if (rows.length === 0) return <div className={styles.frame}>{empty}</div>

  const shown = sortedBy(rows, props.columns, sort)
  return (
    <TableFrame label={props.label} columns={columns} sort={sort} onSort={props.onSort}>
      {shown.map((row) => (
        <TableRow
          key={props.rowKey(row)}
          row={row}
          columns={columns}
          tone={props.tone?.(row) ?? null}
          changed={props.changed?.(row) ?? false}
          summary={summary}
          attributes={props.attributes}
        />
      ))}
    </TableFrame>
  )
}
