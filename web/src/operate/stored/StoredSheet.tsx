import type { StoredKind } from '@skep/shared/contract/stored'
import { pages } from '@skep/shared/paths'
import { useNavigate } from '@tanstack/react-router'
import { Sheet } from '../Sheet.tsx'
import { useSheet } from '../use-sheet.ts'
import { CreateSheet } from './CreateSheet.tsx'
import { RemovalSheet } from './RemovalSheet.tsx'
import { RotateSheet } from './RotateSheet.tsx'
import type { StoredOpen } from './stored-open.ts'

export type StoredSheetProps = {
  kind: StoredKind
  open: StoredOpen
  taken: (name: string) => boolean
}

/** One sheet for whatever is done to secrets and configs. */
export function StoredSheet({ kind, open, taken }: StoredSheetProps) {
  const { close } = useSheet()
  const navigate = useNavigate()
  // The sheet stands in the address: what it leads to takes its place there.
  const go = (to: string) => void navigate({ to, replace: true })
  return (
    <Sheet onClose={close}>
      {open.what === 'create' ? (
        <CreateSheet
          kind={kind}
          taken={taken}
          onClose={close}
          onCreated={(name) => go(pages.stored(kind, name))}
        />
      ) : open.what === 'rotate' ? (
        <RotateSheet
          key={open.name}
          kind={kind}
          name={open.name}
          taken={taken}
          onClose={close}
          onStarted={(id) => go(pages.rotation(id))}
        />
      ) : (
        <RemovalSheet
          key={`${open.what} ${open.name}`}
          target={{ subject: kind, name: open.name, kind: open.what }}
          onClose={close}
        />
      )}
    </Sheet>
  )
}
