import type { AskedAct, Rotation } from '@skep/shared/contract/rotation'
import { useEffect, useRef, useState } from 'react'
import { useConsumerBasis } from '../../cluster/stored.ts'
import { plainQuestion, type Question } from '../arguments.ts'
import { PreviewForm } from '../PreviewForm.tsx'
import { Sheet } from '../Sheet.tsx'
import type { RotationTarget } from '../target.ts'
import { useRotationAnswer } from './use-rotation-answer.ts'

export type RotationSheetProps = {
  rotation: Rotation
  open: AskedAct
  onClose: () => void
}

/** What an act on a rotation would do, and its press. What comes of it, the page shows. */
export function RotationSheet({ rotation, open, onClose }: RotationSheetProps) {
  const consumers = useConsumerBasis()
  const take = useRotationAnswer(rotation.id)
  // Read again after its press, a preview would say that there is nothing to do any more.
  const [answered, setAnswered] = useState<string | null>(null)
  // What opened it goes with what it did: whoever hears the page is told how it stands.
  const isPressed = useRef(false)
  useEffect(
    () => () => {
      if (isPressed.current)
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
    },
    [],
  )
  const basis = answered ?? `${consumers}\n${standingOf(rotation)}`
  const question: Question =
    open.act === 'rollback'
      ? { state: 'asked', args: { service: open.service } }
      : plainQuestion
  return (
    <Sheet onClose={onClose}>
      <PreviewForm<Rotation>
        target={targetOf(rotation, open)}
        basis={basis}
        question={question}
        onClose={onClose}
        onAnswer={(answer) => {
          isPressed.current = true
          setAnswered(basis)
          take(answer)
          onClose()
        }}
      />
    </Sheet>
  )
}

const targetOf = ({ id, from }: Rotation, open: AskedAct): RotationTarget => ({
  subject: 'rotation',
  name: id,
  kind: open.act,
  about: open.act === 'rollback' ? open.service : from.name,
})

const standingOf = ({ state, consumers }: Rotation): string =>
  [state, ...consumers.map((one) => `${one.service} ${one.state}`)].join('\n')
