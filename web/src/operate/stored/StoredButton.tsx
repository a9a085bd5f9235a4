import { Tooltip } from '@mantine/core'
import { Button } from '../../ui/Button.tsx'
import { useStandstill } from '../standstill.ts'
import { loadStoredSheet } from './OperateStored.tsx'
import type { StoredDo } from './stored-open.ts'
import { useStoredSheet } from './use-stored-sheet.ts'

type StoredButtonProps = {
  what: StoredDo
  /** For prune, on a page of many. */
  family?: string
  /** Why it makes no sense here; a console that cannot act now says that instead. */
  refusal?: string | null
  look?: 'plain' | 'quiet'
  children: string
}

/** Opens a sheet; it does not act. */
export function StoredButton(props: StoredButtonProps) {
  const { what, family, look = 'plain', children } = props
  const open = useStoredSheet()
  const refusal = useStandstill() ?? props.refusal ?? null
  const button = (
    <Button
      look={look}
      aria-disabled={refusal !== null}
      onPointerEnter={() => void loadStoredSheet()}
      onClick={() => refusal === null && open(what, family)}
    >
      {children}
    </Button>
  )
  return refusal === null ? button : <Tooltip label={refusal}>{button}</Tooltip>
}

/** Beside buttons that cannot be pressed: why not, in sight. */
export function StandstillNote() {
  const standstill = useStandstill()
  return standstill && <span>{standstill}</span>
}
