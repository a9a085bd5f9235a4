import { pick, useCluster } from '../cluster/queries.ts'
import { CommandSheet } from './CommandSheet.tsx'
import { NodeCommand } from './NodeCommand.tsx'
import { Sheet } from './Sheet.tsx'
import { Tracker } from './Tracker.tsx'
import type { Target } from './target.ts'
import { useSheet } from './use-sheet.ts'

/** An operation outranks a command: it is what became of one. */
export type Opened =
  | { operation: string }
  | { target: Target; version: string | null; replicas: string | null }

type OperateSheetProps = {
  /** Of the service or node whose page lies beneath; it may be gone. */
  name: string
  open: Opened
}

/** One sheet for every command: first its preview, then its operation. */
export function OperateSheet({ name, open }: OperateSheetProps) {
  const { close, track } = useSheet()
  if ('operation' in open)
    return (
      <Sheet onClose={close}>
        <Tracker id={open.operation} name={name} onClose={close} />
      </Sheet>
    )
  return <TargetSheet open={open} onClose={close} onAccepted={track} />
}

type TargetSheetProps = {
  open: Exclude<Opened, { operation: string }>
  onClose: () => void
  onAccepted: (operation: string) => void
}

function TargetSheet({ open, ...ends }: TargetSheetProps) {
  const { target, version, replicas } = open
  const { subject, name, kind } = target
  const service = useCluster(({ services }) =>
    subject === 'service' ? pick(services, name) : null,
  )
  const node = useCluster(({ nodes }) => (subject === 'node' ? pick(nodes, name) : null))
  const key = [subject, name, kind, version].join(' ')
  if (target.subject === 'node')
    return (
      node && (
        <Sheet onClose={ends.onClose}>
          <NodeCommand key={key} kind={target.kind} node={node} {...ends} />
        </Sheet>
      )
    )
  return (
    service && (
      <Sheet onClose={ends.onClose}>
        <CommandSheet
          key={key}
          kind={target.kind}
          version={version}
          replicas={replicas}
          service={service}
          {...ends}
        />
      </Sheet>
    )
  )
}
