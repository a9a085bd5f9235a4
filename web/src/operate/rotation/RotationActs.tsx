import type { Rotation, RotationAct } from '@skep/shared/contract/rotation'
import { useId, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Checks } from '../Checks.tsx'
import { ReadFailure } from '../ReadFailure.tsx'
import { useStandstill } from '../standstill.ts'
import styles from './Rotation.module.css'
import { type ActOffer, actsOf } from './rotation-steps.ts'
import { useRotationAct } from './use-rotation-act.ts'

const nothing: ReadonlySet<string> = new Set()

/** What can be done about a rotation now. Each button says what it means beside it. */
export function RotationActs({ rotation }: { rotation: Rotation }) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(nothing)
  const act = useRotationAct(rotation.id)
  const standstill = useStandstill()
  const offers = actsOf(rotation)
  if (offers.length === 0) return null
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked)
    if (on) next.add(id)
    else next.delete(id)
    setTicked(next)
  }
  return (
    <>
      {rotation.state === 'verified' && (
        <Checks checks={rotation.retire} ticked={ticked} changed={nothing} onTick={tick} />
      )}
      <ul className={styles.acts}>
        {offers.map((offer, place) => (
          <Act
            key={offer.act}
            offer={offer}
            isFirst={place === 0}
            reason={
              act.isPending
                ? 'Sent; waiting for the answer.'
                : (standstill ??
                  (offer.act === 'retire' ? retireReason(rotation, ticked) : null))
            }
            onAct={(asked) => act.mutate({ act: asked, acknowledged: [...ticked] })}
          />
        ))}
      </ul>
      {act.error && <ReadFailure error={act.error} />}
    </>
  )
}

type ActProps = {
  offer: ActOffer
  isFirst: boolean
  reason: string | null
  onAct: (act: RotationAct) => void
}

function Act({ offer: { act, button, means }, isFirst, reason, onAct }: ActProps) {
  const id = useId()
  const look = act === 'retire' ? 'filled-critical' : isFirst ? 'filled' : 'plain'
  return (
    <li>
      <Button
        look={act === 'abandon' ? 'plain' : look}
        aria-disabled={reason !== null}
        aria-describedby={id}
        onClick={() => reason === null && onAct(act)}
      >
        {button}
      </Button>
      <p id={id}>
        {means} {reason !== null && <strong>{reason}</strong>}
      </p>
    </li>
  )
}

/** Why the old version cannot be removed yet, as far as checks and ticks tell. */
function retireReason({ retire }: Rotation, ticked: ReadonlySet<string>): string | null {
  if (retire.some(({ level }) => level === 'block')) return 'It is blocked, as said above.'
  const open = retire.filter(({ id, level }) => level === 'warn' && !ticked.has(id)).length
  return open > 0 ? `${open} ${open === 1 ? 'warning' : 'warnings'} to tick.` : null
}
