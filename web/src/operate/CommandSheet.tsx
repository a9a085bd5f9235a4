import type { CommandKind } from '@skep/shared/contract/preview'
import { useState } from 'react'
import { imageQuestion, plainQuestion, scaleQuestion } from './arguments.ts'
import { ImageField } from './ImageField.tsx'
import { ScaleField } from './ScaleField.tsx'
import { type CommandProps, ServiceForm } from './ServiceForm.tsx'
import { SettingsCommand } from './SettingsCommand.tsx'

type CommandSheetProps = CommandProps & {
  kind: CommandKind
  /** For restore: its number in the history. */
  version: string | null
  /** For scale: what its field begins at. */
  replicas: string | null
}

/** The preview of a command, beneath the fields that it has to be told. */
export function CommandSheet({ kind, version, replicas, ...others }: CommandSheetProps) {
  switch (kind) {
    case 'scale':
      return <ScaleCommand replicas={replicas} {...others} />
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
      return <ServiceForm kind={kind} question={question} {...others} />
    }
    case 'swap': {
      const hint = 'Rotate a secret or config on its own page: its services follow there.'
      const question = { state: 'unchanged', hint } as const
      return <ServiceForm kind={kind} question={question} {...others} />
    }
    case 'rollback':
    case 'resume':
    case 'restart':
    case 'remove':
      return <ServiceForm kind={kind} question={plainQuestion} {...others} />
  }
}

type ScaleCommandProps = CommandProps & { replicas: string | null }

function ScaleCommand({ replicas, ...props }: ScaleCommandProps) {
  const { service } = props
  // What is typed stays, whatever the service does meanwhile.
  const [text, setText] = useState(() => replicas ?? String(service.desired))
  const noun = service.mode === 'replicated-job' ? 'completions' : 'replicas'
  const question = scaleQuestion(text, service.desired, noun)
  return (
    <ServiceForm
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
    <ServiceForm
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
