import type { CommandKind } from '@skep/shared/contract/preview'
import type { Service } from '@skep/shared/contract/service'
import { useState } from 'react'
import { imageQuestion, plainQuestion, scaleQuestion } from './arguments.ts'
import { ImageField } from './ImageField.tsx'
import { PreviewForm } from './PreviewForm.tsx'
import { ScaleField } from './ScaleField.tsx'
import { SettingsCommand } from './SettingsCommand.tsx'

export type CommandProps = {
  service: Service
  onClose: () => void
  /** Told the id of the operation that a command became. */
  onAccepted: (operation: string) => void
}

type CommandSheetProps = CommandProps & { kind: CommandKind; version: string | null }

/** The preview of a command, beneath the fields that it has to be told. */
export function CommandSheet({ kind, version, ...others }: CommandSheetProps) {
  switch (kind) {
    case 'scale':
      return <ScaleCommand {...others} />
    case 'image':
      return <ImageCommand {...others} />
    case 'settings':
      return <SettingsCommand {...others} />
    case 'restore': {
      const question =
        version === null
          ? ({
              state: 'unchanged',
              hint: 'Choose a version in the history of the service, and restore it from there.',
            } as const)
          : ({ state: 'asked', args: { version: Number(version) } } as const)
      return <PreviewForm kind={kind} question={question} {...others} />
    }
    case 'rollback':
    case 'resume':
    case 'restart':
    case 'remove':
      return <PreviewForm kind={kind} question={plainQuestion} {...others} />
  }
}

function ScaleCommand(props: CommandProps) {
  const { service } = props
  // What is typed stays, whatever the service does meanwhile.
  const [text, setText] = useState(() => String(service.desired))
  const noun = service.mode === 'replicated-job' ? 'completions' : 'replicas'
  const question = scaleQuestion(text, service.desired, noun)
  return (
    <PreviewForm
      kind="scale"
      question={question}
      fields={
        <ScaleField
          label={noun === 'replicas' ? 'Replicas' : 'Completions'}
          now={service.desired}
          text={text}
          error={question.state === 'wrong' ? (question.errors.replicas ?? null) : null}
          onText={setText}
        />
      }
      {...props}
    />
  )
}

function ImageCommand(props: CommandProps) {
  const [text, setText] = useState(() => props.service.image.split('@')[0] ?? '')
  const question = imageQuestion(text)
  return (
    <PreviewForm
      kind="image"
      question={question}
      fields={
        <ImageField
          text={text}
          now={props.service.image}
          error={question.state === 'wrong' ? (question.errors.image ?? null) : null}
          onText={setText}
        />
      }
      {...props}
    />
  )
}
