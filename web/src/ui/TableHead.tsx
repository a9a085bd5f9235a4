import type { Column } from './column.ts'
import styles from './DataTable.module.css'
import type { Sort } from './sort.ts'

type TableHeadProps<Row> = {
  columns: Pick<Column<Row>, 'key' | 'header' | 'sortBy' | 'align'>[]
  sort: Sort | null
  onAsk: (key: string) => void
}

/** The headers of a table: those that sort are buttons, and say which way they do. */
export function TableHead<Row>({ columns, sort, onAsk }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map(({ key, header, sortBy, align }) => {
          const direction = sort?.key === key ? sort.direction : undefined
          return (
            <th key={key} scope="col" aria-sort={direction} data-align={align}>
              {sortBy ? (
                <button type="button" className={styles.sort} onClick={() => onAsk(key)}>
                  {header}
                  <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
                    <path d="M1.5 3L4 5.5L6.5 3" />
                  </svg>
                </button>
              ) : (
                header
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
