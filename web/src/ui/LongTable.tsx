import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, useLayoutEffect, useRef, useState } from 'react'
import styles from './DataTable.module.css'
import type { DataTableProps } from './DataTable.tsx'
import { openRow, walkRows } from './row-events.ts'
import { nextSort } from './sort.ts'
import { TableHead } from './TableHead.tsx'
import { TableRow } from './TableRow.tsx'

/** Up to here all rows are in the page, where the browser's own search finds them. */
const longFrom = 150
/** A row as long as it is not measured, in pixels. */
const rowHeight = 36

type LongTableProps<Row> = Omit<DataTableProps<Row>, 'changed' | 'tone'>

/**
 * A table of thousands of rows: only those in sight are in the page, which scrolls.
 * They come in the order in which they are shown: whoever has them sorts them, once.
 */
export function LongTable<Row>(props: LongTableProps<Row>) {
  const { columns, rows } = props
  if (rows.length === 0) return <div className={styles.frame}>{props.empty}</div>
  if (rows.length > longFrom) return <Windowed {...props} />
  return (
    <Frame {...props}>
      {rows.map((row) => (
        <TableRow
          key={props.rowKey(row)}
          row={row}
          columns={columns}
          tone={null}
          changed={false}
          summary={props.summary}
          attributes={props.attributes}
        />
      ))}
    </Frame>
  )
}

function Frame<Row>(props: LongTableProps<Row> & { children: ReactNode }) {
  const { label, columns, rows, sort, onSort, children } = props
  return (
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-label={label} aria-rowcount={rows.length + 1}>
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

function Windowed<Row>(props: LongTableProps<Row>) {
  const { columns, rows, rowKey } = props
  const top = useRef<HTMLTableRowElement>(null)
  const [margin, setMargin] = useState(0)
  // Whatever stands above the table decides where it begins, and may grow.
  useLayoutEffect(() => {
    const box = top.current?.getBoundingClientRect()
    if (box) setMargin(Math.round(box.top + window.scrollY))
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
    scrollMargin: margin,
    overscan: 20,
  })
  const shown = virtual.getVirtualItems()
  const before = (shown[0]?.start ?? margin) - margin
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? margin) - margin)
  return (
    <Frame {...props}>
      <Gap ref={top} height={before} columns={columns.length} />
      {shown.map(({ index, key }) => {
        const row = rows[index]
        return (
          row !== undefined && (
            <TableRow
              key={key}
              row={row}
              columns={columns}
              tone={null}
              changed={false}
              summary={props.summary}
              attributes={props.attributes}
              place={index}
              measure={virtual.measureElement}
            />
          )
        )
      })}
      <Gap height={after} columns={columns.length} />
    </Frame>
  )
}

type GapProps = {
  height: number
  columns: number
  ref?: Ref<HTMLTableRowElement>
}

/** In place of the rows that are not in sight. */
const Gap = ({ height, columns, ref }: GapProps) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
  <tr ref={ref} aria-hidden="true" className={styles.gap}>
    <td colSpan={columns} style={{ height }} />
  </tr>
)
