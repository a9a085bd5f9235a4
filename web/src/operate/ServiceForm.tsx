import type { CommandKind } from '@skep/shared/contract/preview'
import type { Service } from '@skep/shared/contract/service'
import type { ReactNode } from 'react'
import type { Question } from './arguments.ts'
import { PreviewForm, type SheetEnds } from './PreviewForm.tsx'
import { useOperationAnswer } from './use-commit.ts'

export type CommandProps = SheetEnds & { service: Service }

type ServiceFormProps = CommandProps & {
  kind: CommandKind
  question: Question
  fields?: ReactNode
}

/** The form of a command that a service is given. */
export function ServiceForm({ service, kind, onAccepted, ...others }: ServiceFormProps) {
  const target = { subject: 'service', name: service.name, kind } as const
  const onAnswer = useOperationAnswer(onAccepted)
  return <PreviewForm target={target} basis={service} onAnswer={onAnswer} {...others} />
}
