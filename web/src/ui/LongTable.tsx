import { useWindowVirtualizer } from '@tanstack/react-virtual'
import {
  type ReactNode,
  type Ref,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Column } from './column.ts'
import styles from './DataTable.module.css'
import type { DataTableProps } from './DataTable.tsx'
import { TableFrame } from './TableFrame.tsx'
import { TableRow } from './TableRow.tsx'
import { useFitting } from './use-fitting.ts'

/**
 * Up to here all rows are in the page, where the browser's own search finds them. More would
 * take longer to draw than a letter of the filter may: about half a millisecond for each.
 */
const longFrom = 60
/** A row as long as it is not measured, in pixels. */
const rowHeight = 36
/** Where the first row of a page's table is about, as long as that is not measured. */
const usualTop = 340
/** Rows kept ready beyond those in sight, on either side. */
const spare = 4

/**
 * A table of thousands of rows: only those in sight are in the page, which scrolls.
 * They come in the order in which they are shown: whoever has them sorts them, once.
 */
export function LongTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, rowKey, attributes, sort, onSort, empty } = props
  const { columns, summary } = useFitting(props.columns, props.summary)
  if (rows.length === 0) return <div className={styles.frame}>{empty}</div>
  const rowOf = (row: Row, placed?: Placed) => (
    <TableRow
      key={rowKey(row)}
      row={row}
      columns={columns}
      tone={props.tone?.(row) ?? null}
      changed={props.changed?.(row) ?? false}
      summary={summary}
      attributes={attributes}
      {...placed}
    />
  )
  return (
    <TableFrame
      label={label}
      columns={columns}
      sort={sort}
      onSort={onSort}
      rowCount={rows.length + 1}
    >
      {rows.length > longFrom ? (
        <Windowed rows={rows} rowKey={rowKey} columns={columns} rowOf={rowOf} />
      ) : (
        rows.map((row) => rowOf(row))
      )}
    </TableFrame>
  )
}

/** Where a row stands, and who measures it. */
type Placed = { place: number; measure: (row: HTMLTableRowElement | null) => void }

type WindowedProps<Row> = {
  rows: Row[]
  rowKey: (row: Row) => string
  columns: Column<Row>[]
  rowOf: (row: Row, placed: Placed) => ReactNode
}

function Windowed<Row>({ rows, rowKey, columns, rowOf }: WindowedProps<Row>) {
  const top = useRef<HTMLTableRowElement>(null)
  const [margin, setMargin] = useState(usualTop)
  // Whatever stands above the table decides where it begins, and may grow. Where that is off
  // by less than a row, the spare ones make up for it, and nothing is drawn twice.
  useLayoutEffect(() => {
    const box = top.current?.getBoundingClientRect()
    if (!box) return
    const found = Math.round(box.top + window.scrollY)
    setMargin((margin) => (Math.abs(found - margin) < rowHeight ? margin : found))
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    // Another function would have thousands of rows placed anew.
    getItemKey: useCallback(
      (index: number) => {
        const row = rows[index]
        return row === undefined ? index : rowKey(row)
      },
      [rows, rowKey],
    ),
    // Known before the window is asked: what is in sight is there in the first go.
    initialRect: { width: innerWidth, height: innerHeight },
    scrollMargin: margin,
    overscan: spare,
  })
  const shown = virtual.getVirtualItems()
  const before = (shown[0]?.start ?? margin) - margin
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? margin) - margin)
  return (
    <>
      <Gap ref={top} height={before} columns={columns.length} />
      {shown.map(({ index }) => {
        const row = rows[index]
        const placed = { place: index, measure: virtual.measureElement }
        return row !== undefined && rowOf(row, placed)
      })}
      <Gap height={after} columns={columns.length} />
    </>
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
