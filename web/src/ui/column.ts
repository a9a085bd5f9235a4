import type { ReactNode } from 'react'

/** One column of a table. */
export type Column<Row> = {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** What the rows are put in order by; a column without it does not sort. */
  sortBy?: (row: Row) => string | number | null
  /** Numbers stand at the end, so that their digits line up. */
  align?: 'end'
  /** Left out on a narrow screen, where `summary` says what matters of it. */
  wideOnly?: boolean
  /** Left out where the others would be crowded by it, and where all of it is told elsewhere. */
  roomyOnly?: boolean
}
