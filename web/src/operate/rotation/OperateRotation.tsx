import type { AskedAct } from '@skep/shared/contract/rotation'
import { lazy, Suspense } from 'react'
import { useSheet } from '../use-sheet.ts'
import type { RotationSheetProps } from './RotationSheet.tsx'

/** Fetches the code of the sheet ahead of its first use. */
export const loadRotationSheet = async () => ({
  default: (await import('./RotationSheet.tsx')).RotationSheet,
})
const RotationSheet = lazy(loadRotationSheet)

type OperateRotationProps = Pick<RotationSheetProps, 'rotation'> & { open: AskedAct | null }

/** The sheet that the address asks for, over the page of a rotation; often none. */
export function OperateRotation({ rotation, open }: OperateRotationProps) {
  const { close } = useSheet()
  if (!open) return null
  const key = open.act === 'rollback' ? `${open.act} ${open.service}` : open.act
  return (
    <Suspense fallback={null}>
      <RotationSheet key={key} rotation={rotation} open={open} onClose={close} />
    </Suspense>
  )
}
