import { NodePreview } from '@skep/shared/contract/node-preview'
import type { Operation } from '@skep/shared/contract/operation'
import { Check, Preview } from '@skep/shared/contract/preview'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Dispatch, SetStateAction } from 'react'
import { postJson, RequestFailed } from '../cluster/get-json.ts'
import type { Arguments } from './arguments.ts'
import { consentOf } from './consent.ts'
import { type Draft, withRefusal } from './draft.ts'
import { answeredKey, operationKey } from './operation-query.ts'
import { type AnyPreview, commandPath, type Target } from './target.ts'

type CommitOptions = {
  target: Target
  draft: Draft
  changeDraft: Dispatch<SetStateAction<Draft>>
  onAccepted: (operation: string) => void
  query: { replace: (preview: AnyPreview) => void; refetch: () => unknown }
}

/** The press. A refusal that brings newer facts has them put on the sheet, in place. */
export function useCommit(options: CommitOptions) {
  const { target, draft, changeDraft, onAccepted, query } = options
  const client = useQueryClient()

  const show = (preview: AnyPreview) => {
    changeDraft((before) => withRefusal(before, preview, draft.question))
    query.replace(preview)
  }

  return useMutation({
    mutationFn: (preview: AnyPreview) => {
      const args: Arguments = JSON.parse(draft.question)
      return postJson<Operation>(commandPath(target), {
        ...args,
        ...consentOf(preview, draft),
      })
    },
    onSuccess: (operation, preview) => {
      client.setQueryData(operationKey(operation.id), operation)
      client.setQueryData(answeredKey(operation.id), preview)
      onAccepted(operation.id)
    },
    onError: (error) => {
      if (!(error instanceof RequestFailed)) return
      const newer = newerPreview(error, target, draft.preview)
      if (newer) show(newer)
      else if (error.code === 'preview-outdated') query.refetch()
    },
  })
}

const schemas = { service: Preview, node: NodePreview } as const

/** What a refusal says that the preview should have said, if it says so in a form we know. */
function newerPreview(
  { code, problem }: Pick<RequestFailed, 'code' | 'problem'>,
  { subject }: Target,
  shown: AnyPreview | null,
): AnyPreview | null {
  if (code === 'preview-outdated') {
    const { data } = schemas[subject].safeParse(problem.preview)
    return data ?? null
  }
  if (code === 'checks-open' && shown) {
    const { data } = Check.array().safeParse(problem.checks)
    return data ? { ...shown, checks: data } : null
  }
  return null
}
