import { lazy, Suspense } from 'react'
import type { StoredSheetProps } from './StoredSheet.tsx'
import type { StoredOpen } from './stored-open.ts'

/** Fetches the code of the sheet ahead of its first use. */
export const loadStoredSheet = async () => ({
  default: (await import('./StoredSheet.tsx')).StoredSheet,
})
const StoredSheet = lazy(loadStoredSheet)

type OperateStoredProps = Omit<StoredSheetProps, 'open'> & { open: StoredOpen | null }

/** The sheet that the address asks for, over a page of secrets or configs; often none. */
export const OperateStored = ({ open, ...others }: OperateStoredProps) =>
  open && (
    <Suspense fallback={null}>
      <StoredSheet open={open} {...others} />
    </Suspense>
  )
