import type { StoredKind } from '@skep/shared/contract/stored'
import type { ReactNode } from 'react'
import { Ago } from '../../ui/Ago.tsx'
import type { Column } from '../../ui/column.ts'
import { bytes } from '../../ui/units.ts'
import { StackLink } from '../inventory/StackLink.tsx'
import { Flags } from './Flags.tsx'
import styles from './Stored.module.css'
import { StoredName } from './StoredName.tsx'
import { type StoredRow, sortValues } from './stored-list.ts'
import { UsedBy } from './UsedBy.tsx'

type ColumnsOptions = {
  kind: StoredKind
  grouped: boolean
  onToggle: (family: string) => void
  /** What can be done to a whole family. */
  familyAction: (family: string) => ReactNode
}

/** The columns of the list of secrets, or of configs. Made once for each way of looking. */
export function storedColumns(options: ColumnsOptions): Column<StoredRow>[] {
  const { kind, grouped, onToggle, familyAction } = options
  const by = (key: string) => {
    const value = sortValues[key]
    return value && { sortBy: ({ stored }: StoredRow) => value(stored) }
  }
  return [
    {
      key: 'name',
      header: kind === 'secret' ? 'Secret' : 'Config',
      ...by('name'),
      cell: (row) => <NameCell row={row} onToggle={onToggle} />,
    },
    {
      key: 'used',
      header: 'Used by',
      ...by('used'),
      cell: ({ stored }) => <UsedBy {...stored} />,
    },
    {
      key: 'flags',
      header: 'To know',
      cell: ({ stored }) => <Flags flags={stored.flags} />,
      wideOnly: true,
    },
    {
      key: 'age',
      header: 'Age',
      align: 'end',
      ...by('age'),
      cell: ({ stored }) => <Ago at={stored.createdAt} dense />,
      wideOnly: true,
    },
    ...(kind === 'config' ? [sizeColumn] : []),
    {
      key: 'stack',
      header: 'Stack',
      ...by('stack'),
      cell: ({ stored: { stack } }) => stack && <StackLink stack={stack} />,
      wideOnly: true,
    },
    ...(grouped ? [actionColumn(familyAction)] : []),
  ]
}

const sizeColumn: Column<StoredRow> = {
  key: 'size',
  header: 'Size',
  align: 'end',
  sortBy: ({ stored }) => stored.bytes,
  cell: ({ stored }) => stored.bytes !== null && bytes(stored.bytes),
  wideOnly: true,
}

const actionColumn = (familyAction: ColumnsOptions['familyAction']): Column<StoredRow> => ({
  key: 'family',
  header: 'Family',
  cell: ({ stored, others }) =>
    others !== null && others > 0 ? familyAction(stored.family) : null,
  wideOnly: true,
})

function NameCell({
  row,
  onToggle,
}: {
  row: StoredRow
  onToggle: (family: string) => void
}) {
  const { stored, others, isOpen, isOther } = row
  return (
    <span className={styles.name} data-other={isOther || undefined}>
      <StoredName of={stored} />
      {others !== null && others > 0 && (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={isOpen}
          aria-label={`${others} more of ${stored.family}`}
          onClick={() => onToggle(stored.family)}
        >
          {isOpen ? '−' : '+'}
          {others}
        </button>
      )}
    </span>
  )
}
