import type { ReactNode } from 'react'
import type { Column } from './column.ts'
import styles from './DataTable.module.css'
import { openRow, walkRows } from './row-events.ts'
import { nextSort, type Sort } from './sort.ts'
import { TableHead } from './TableHead.tsx'
import { useScrolls } from './use-scrolls.ts'

type TableFrameProps<Row> = {
  label: string
  columns: Column<Row>[]
  sort: Sort | null
  onSort: (sort: Sort) => void
  /** Rows there are, the head included, where only some of them are in the page. */
  rowCount?: number
  children: ReactNode
}

/** What stands around the rows of a table: its head, and what keys and clicks do in it. */
export function TableFrame<Row>(props: TableFrameProps<Row>) {
  const { label, columns, sort, onSort, rowCount, children } = props
  const [frame, scrolls] = useScrolls()
  return (
    <section
      ref={frame}
      className={styles.frame}
      aria-label={label}
      tabIndex={scrolls ? 0 : undefined}
    >
      <table className={styles.table} aria-label={label} aria-rowcount={rowCount}>
        <TableHead
          columns={columns}
          sort={sort}
          onAsk={(key) => onSort(nextSort(sort, key))}
        />
        <tbody onClick={openRow} onKeyDown={walkRows}>
          {children}
        </tbody>
      </table>
    </section>
  )
}
