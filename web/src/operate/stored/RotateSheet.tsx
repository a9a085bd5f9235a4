import type { Rotation } from '@skep/shared/contract/rotation'
import type { StoredKind } from '@skep/shared/contract/stored'
import { useState } from 'react'
import { useConsumerBasis } from '../../cluster/stored.ts'
import { PreviewForm } from '../PreviewForm.tsx'
import type { AnyPreview } from '../target.ts'
import { ConfigEditor } from './ConfigEditor.tsx'
import { RotateFields } from './RotateFields.tsx'
import { rotateQuestion, usualRotation } from './rotate-question.ts'
import { base64Of, emptyValue, payloadOf, valueProblem } from './stored-value.ts'
import { ValueField } from './ValueField.tsx'

type RotateSheetProps = {
  kind: StoredKind
  name: string
  taken: (name: string) => boolean
  onClose: () => void
  onStarted: (rotation: string) => void
}

/**
 * The next version, and what it does to each consumer. The value goes into the body of the
 * press; what the preview is asked with is in an address, and never holds it.
 */
export function RotateSheet(props: RotateSheetProps) {
  const { kind, name, taken, onClose, onStarted } = props
  const basis = useConsumerBasis()
  const [text, setText] = useState(usualRotation)
  const [value, setValue] = useState(() => emptyValue(kind))
  const question = rotateQuestion(text, taken)
  const errors = question.state === 'wrong' ? question.errors : {}
  return (
    <PreviewForm<Rotation>
      target={{ subject: kind, name, kind: 'rotate' }}
      basis={basis}
      question={question}
      wanting={valueProblem(value, kind)}
      // The name that was shown, also where it was only proposed.
      besides={(preview) => ({ next: nextOf(preview), data: base64Of(payloadOf(value)) })}
      fields={(preview) => (
        <>
          {kind === 'config' ? (
            <ConfigEditor
              name={name}
              next={(preview && nextOf(preview)) ?? 'the next version'}
              draft={value}
              onDraft={setValue}
            />
          ) : (
            <ValueField
              kind={kind}
              draft={value}
              onDraft={setValue}
              label={kind === 'secret' ? 'New value' : 'New content'}
            />
          )}
          <RotateFields
            text={text}
            proposed={preview && nextOf(preview)}
            errors={errors}
            onText={setText}
          />
        </>
      )}
      onClose={onClose}
      onAnswer={(rotation) => {
        setValue(emptyValue(kind))
        onStarted(rotation.id)
      }}
    />
  )
}

const nextOf = (preview: AnyPreview): string | null =>
  'next' in preview ? preview.next : null
