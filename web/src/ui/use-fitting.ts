import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useMemo } from 'react'
import type { Column } from './column.ts'

/** Whether the screen is that of a phone; the style sheets say the same width. */
export const useIsNarrow = (): boolean =>
  useMediaQuery('(max-width: 719px)', false, { getInitialValueInEffect: false })

/** Whether there is room for what is told elsewhere as well. */
const useIsRoomy = (): boolean =>
  useMediaQuery('(min-width: 1400px)', true, { getInitialValueInEffect: false })

/**
 * What of a table this screen has room for: on a narrow one the columns that stay, and a
 * summary beneath the first; on a wide one all columns. What would not be seen is not made,
 * which is half the work of a long table. The columns are others whenever the width is.
 */
export function useFitting<Row>(
  columns: Column<Row>[],
  summary: ((row: Row) => ReactNode) | undefined,
) {
  const isNarrow = useIsNarrow()
  const isRoomy = useIsRoomy()
  const fitting = useMemo(
    () =>
      columns.filter(
        ({ wideOnly, roomyOnly }) => !(wideOnly && isNarrow) && (isRoomy || !roomyOnly),
      ),
    [isNarrow, isRoomy, columns],
  )
  return { columns: fitting, summary: isNarrow ? summary : undefined }
}
