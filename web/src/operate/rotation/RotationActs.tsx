import type { Rotation } from '@skep/shared/contract/rotation'
import { useId } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Checks } from '../Checks.tsx'
import { ReadFailure } from '../ReadFailure.tsx'
import { useStandstill } from '../standstill.ts'
import { loadRotationSheet } from './OperateRotation.tsx'
import styles from './Rotation.module.css'
import { type ActOffer, actsOf } from './rotation-steps.ts'
import { useAbandon } from './use-abandon.ts'
import { useRotationSheet } from './use-rotation-sheet.ts'

const nothing: ReadonlySet<string> = new Set()

/**
 * What can be done about a rotation now. Each button says what it means beside it, and opens
 * a preview; only to leave the rotation, which changes nothing of the swarm, is one press.
 */
export function RotationActs({ rotation }: { rotation: Rotation }) {
  const abandon = useAbandon(rotation.id)
  const open = useRotationSheet()
  const standstill = useStandstill()
  const offers = actsOf(rotation)
  if (offers.length === 0) return null
  const blocks = rotation.retire.filter(({ level }) => level === 'block')
  const press = ({ asked }: ActOffer) =>
    asked.act === 'abandon' ? abandon.mutate() : open(asked)
  return (
    <>
      {rotation.state === 'verified' && blocks.length > 0 && (
        // Warnings are ticked where they are answered, in the preview.
        <Checks
          checks={blocks}
          ticked={nothing}
          changed={nothing}
          onTick={() => undefined}
        />
      )}
      <ul className={styles.acts} onPointerEnter={() => void loadRotationSheet()}>
        {offers.map((offer, place) => (
          <Act
            key={offer.button}
            offer={offer}
            isFirst={place === 0}
            reason={
              abandon.isPending
                ? 'Sent; waiting for the answer.'
                : (standstill ?? offer.refusal)
            }
            onPress={() => press(offer)}
          />
        ))}
      </ul>
      {abandon.error && <ReadFailure error={abandon.error} />}
    </>
  )
}

type ActProps = {
  offer: ActOffer
  isFirst: boolean
  reason: string | null
  onPress: () => void
}

function Act({ offer: { asked, button, means }, isFirst, reason, onPress }: ActProps) {
  const id = useId()
  const { act } = asked
  const look = act === 'retire' ? 'filled-critical' : isFirst ? 'filled' : 'plain'
  return (
    <li>
      <Button
        look={act === 'abandon' ? 'plain' : look}
        aria-disabled={reason !== null}
        aria-describedby={id}
        onClick={() => reason === null && onPress()}
      >
        {button}
      </Button>
      <p id={id}>
        {means} {reason !== null && <strong>{reason}</strong>}
      </p>
    </li>
  )
}
