import type { Column } from './column.ts'

export type Sort = { key: string; direction: 'ascending' | 'descending' }

type Value = string | number | null

const words = new Intl.Collator('en', { numeric: true })

/** Rows in the order of a value; what has no value comes last, either way. Stable. */
export function sorted<Row>(
  rows: readonly Row[],
  value: (row: Row) => Value,
  direction: Sort['direction'],
): Row[] {
  const sign = direction === 'ascending' ? 1 : -1
  // A row is compared with a dozen others, and its value may take some working out.
  return rows
    .map((row) => ({ row, value: value(row) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
      if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
      return sign * words.compare(String(a), String(b))
    })
    .map(({ row }) => row)
}

/** The same by a column of theirs; as they are where none is asked for, or none is like it. */
export function sortedBy<Row>(
  rows: Row[],
  columns: readonly Pick<Column<Row>, 'key' | 'sortBy'>[],
  sort: Sort | null,
): Row[] {
  const by = columns.find(({ key }) => key === sort?.key)?.sortBy
  return sort && by ? sorted(rows, by, sort.direction) : rows
}

/** As a link spells it: "name", or "-name" from the end. */
export function readSort(text: string): Sort {
  return text.startsWith('-')
    ? { key: text.slice(1), direction: 'descending' }
    : { key: text, direction: 'ascending' }
}

export function writeSort({ key, direction }: Sort): string {
  return direction === 'descending' ? `-${key}` : key
}

/** The sort after asking for a column: another starts at its beginning, the same turns. */
export function nextSort(sort: Sort | null, key: string): Sort {
  const turned = sort?.key === key && sort.direction === 'ascending'
  return { key, direction: turned ? 'descending' : 'ascending' }
}
