import type { SpecSummary } from '@skep/shared/contract/spec-summary'
import { useState } from 'react'
import { useSpec } from '../cluster/details.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { paceText, settingsQuestion } from './arguments.ts'
import { commandWords } from './command-words.ts'
import { PaceFields } from './PaceFields.tsx'
import { ReadFailure } from './ReadFailure.tsx'
import { type CommandProps, ServiceForm } from './ServiceForm.tsx'
import { SheetParts } from './Sheet.tsx'

/** How a service is updated and rolled back. The fields begin at what is in force. */
export function SettingsCommand(props: CommandProps) {
  const { service, onClose } = props
  const { data, error, refetch } = useSpec(service)
  if (data) return <LoadedSettings spec={data} {...props} />
  return (
    <SheetParts
      title={commandWords.settings.title(service.name)}
      onClose={onClose}
      footer={null}
    >
      {error ? (
        <ReadFailure error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={8} label="Reading the settings" />
      )}
    </SheetParts>
  )
}

function LoadedSettings({ spec, ...props }: CommandProps & { spec: SpecSummary }) {
  const [text, setText] = useState(() => ({
    update: paceText(spec.update),
    rollback: paceText(spec.rollback),
  }))
  const question = settingsQuestion(text, spec)
  const errors = question.state === 'wrong' ? question.errors : {}
  return (
    <ServiceForm
      kind="settings"
      question={question}
      fields={
        <>
          <PaceFields
            legend="Updates"
            of="update"
            text={text.update}
            errors={errors}
            onText={(update) => setText({ ...text, update })}
          />
          <PaceFields
            legend="Rollbacks"
            of="rollback"
            text={text.rollback}
            errors={errors}
            onText={(rollback) => setText({ ...text, rollback })}
          />
        </>
      }
      {...props}
    />
  )
}
