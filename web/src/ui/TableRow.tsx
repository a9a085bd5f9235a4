import { memo, type ReactNode } from 'react'
import type { Column } from './column.ts'
import styles from './DataTable.module.css'

type TableRowProps<Row> = {
  row: Row
  columns: Column<Row>[]
  tone: 'warning' | 'critical' | null
  changed: boolean
  summary: ((row: Row) => ReactNode) | undefined
  attributes: ((row: Row) => Record<`data-${string}`, string>) | undefined
  /** Of a table that holds only the rows in sight: its place, and who measures it. */
  place?: number
  measure?: (row: HTMLTableRowElement | null) => void
}

function PlainTableRow<Row>(props: TableRowProps<Row>) {
  const { row, columns, tone, changed, summary, attributes, place, measure } = props
  return (
    <tr
      ref={measure}
      data-index={place}
      // The head is the first row.
      aria-rowindex={place === undefined ? undefined : place + 2}
      {...attributes?.(row)}
      data-tone={tone ?? undefined}
      data-changed={changed || undefined}
    >
      {columns.map(({ key, cell, align }, column) =>
        column === 0 ? (
          <th key={key} scope="row">
            {cell(row)}
            {summary && <div className={styles.summary}>{summary(row)}</div>}
          </th>
        ) : (
          <td key={key} data-align={align}>
            {cell(row)}
          </td>
        ),
      )}
    </tr>
  )
}

/**
 * One row of a table. Renders again when its row is another value, tone or outline: of a
 * thousand rows one changes at a time. So what functions say of a row is of the row alone.
 */
export const TableRow = memo(
  PlainTableRow,
  (before, after) =>
    before.row === after.row &&
    before.place === after.place &&
    before.columns === after.columns &&
    before.tone === after.tone &&
    before.changed === after.changed,
) as typeof PlainTableRow // memo loses the type parameter
