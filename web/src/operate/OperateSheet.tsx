import type { CommandKind } from '@skep/shared/contract/preview'
import type { Service } from '@skep/shared/contract/service'
import { CommandSheet } from './CommandSheet.tsx'
import { Sheet } from './Sheet.tsx'
import { Tracker } from './Tracker.tsx'
import { useSheet } from './use-sheet.ts'

export type OperateSheetProps = {
  name: string
  /** Null when it is gone: what was done to it can still be followed. */
  service: Service | null
  /** An operation outranks a command: it is what became of one. */
  open: { operation: string } | { kind: CommandKind; version: string | null }
}

/** One sheet for every command: first its preview, then its operation. */
export function OperateSheet({ name, service, open }: OperateSheetProps) {
  const { close, track } = useSheet()
  if ('operation' in open)
    return (
      <Sheet onClose={close}>
        <Tracker id={open.operation} name={name} service={service} onClose={close} />
      </Sheet>
    )
  if (!service) return null
  return (
    <Sheet onClose={close}>
      <CommandSheet
        key={`${open.kind} ${open.version}`}
        kind={open.kind}
        version={open.version}
        service={service}
        onClose={close}
        onAccepted={track}
      />
    </Sheet>
  )
}
