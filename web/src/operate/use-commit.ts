import { NodePreview } from '@skep/shared/contract/node-preview'
import type { Operation } from '@skep/shared/contract/operation'
import { Check, Preview } from '@skep/shared/contract/preview'
import { RotationPreview } from '@skep/shared/contract/rotation'
import { StoredPreview } from '@skep/shared/contract/stored'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Dispatch, SetStateAction } from 'react'
import { postJson, RequestFailed } from '../cluster/get-json.ts'
import type { Arguments } from './arguments.ts'
import { consentOf } from './consent.ts'
import { type Draft, withRefusal } from './draft.ts'
import { answeredKey, operationKey } from './operation-query.ts'
import { type AnyPreview, type AnyTarget, commandPath } from './target.ts'

type CommitOptions<Answer> = {
  target: AnyTarget
  draft: Draft
  changeDraft: Dispatch<SetStateAction<Draft>>
  onAnswer: (answer: Answer, preview: AnyPreview) => void
  /** What goes into the body besides: such as a value, which no address and no cache holds. */
  besides: ((preview: AnyPreview) => object) | undefined
  query: { replace: (preview: AnyPreview) => void; refetch: () => unknown }
}

/** The press. A refusal that brings newer facts has them put on the sheet, in place. */
export function useCommit<Answer>(options: CommitOptions<Answer>) {
  const { target, draft, changeDraft, onAnswer, besides, query } = options

  const show = (preview: AnyPreview) => {
    changeDraft((before) => withRefusal(before, preview, draft.question))
    query.replace(preview)
  }

  return useMutation({
    mutationFn: (preview: AnyPreview) => {
      const args: Arguments = JSON.parse(draft.question)
      return postJson<Answer>(commandPath(target), {
        ...args,
        ...besides?.(preview),
        ...consentOf(preview, draft),
      })
    },
    // What is sent may be secret: nothing of it outlives the sheet.
    gcTime: 0,
    onSuccess: onAnswer,
    onError: (error) => {
      if (!(error instanceof RequestFailed)) return
      const newer = newerPreview(error, target, draft.preview)
      if (newer) show(newer)
      else if (error.code === 'preview-outdated') query.refetch()
    },
  })
}

/** Takes an operation that a press became into the cache, and tells its id. */
export function useOperationAnswer(onAccepted: (operation: string) => void) {
  const client = useQueryClient()
  return (operation: Operation, preview: AnyPreview) => {
    client.setQueryData(operationKey(operation.id), operation)
    client.setQueryData(answeredKey(operation.id), preview)
    onAccepted(operation.id)
  }
}

function schemaOf({ subject, kind }: AnyTarget) {
  if (subject === 'service' || kind === 'rollback') return Preview
  if (subject === 'node') return NodePreview
  return kind === 'rotate' || kind === 'resume' ? RotationPreview : StoredPreview
}

/** What a refusal says that the preview should have said, if it says so in a form we know. */
function newerPreview(
  { code, problem }: Pick<RequestFailed, 'code' | 'problem'>,
  target: AnyTarget,
  shown: AnyPreview | null,
): AnyPreview | null {
  if (code === 'preview-outdated') {
    const { data } = schemaOf(target).safeParse(problem.preview)
    return data ?? null
  }
  if (code === 'checks-open' && shown) {
    const { data } = Check.array().safeParse(problem.checks)
    return data ? { ...shown, checks: data } : null
  }
  return null
}
