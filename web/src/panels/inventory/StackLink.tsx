import { pages } from '@skep/shared/paths'
import type { Column } from '../../ui/column.ts'
import { RowLink } from '../../ui/RowLink.tsx'

/** The name of a stack, as a link to what was deployed with it. */
export const StackLink = ({ stack }: { stack: string }) => (
  <RowLink to={`${pages.stacks()}?${new URLSearchParams({ q: stack })}`}>{stack}</RowLink>
)

/** Of whatever may belong to a stack, which. */
export const stackColumn: Column<{ stack: string | null }> = {
  key: 'stack',
  header: 'Stack',
  sortBy: ({ stack }) => stack,
  cell: ({ stack }) => stack && <StackLink stack={stack} />,
  wideOnly: true,
}
