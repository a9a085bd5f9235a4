import type { Operation } from '@skep/shared/contract/operation'
import { Check, type CommandKind, Preview } from '@skep/shared/contract/preview'
import { api } from '@skep/shared/paths'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Dispatch, SetStateAction } from 'react'
import { postJson, RequestFailed } from '../cluster/get-json.ts'
import type { Arguments } from './arguments.ts'
import { consentOf } from './consent.ts'
import { type Draft, withRefusal } from './draft.ts'
import { operationKey } from './operation-query.ts'

type CommitOptions = {
  service: string
  kind: CommandKind
  draft: Draft
  changeDraft: Dispatch<SetStateAction<Draft>>
  onAccepted: (operation: string) => void
  query: { replace: (preview: Preview) => void; refetch: () => unknown }
}

/** The press. A refusal that brings newer facts has them put on the sheet, in place. */
export function useCommit(options: CommitOptions) {
  const { service, kind, draft, changeDraft, onAccepted, query } = options
  const client = useQueryClient()

  const show = (preview: Preview) => {
    changeDraft((before) => withRefusal(before, preview, draft.question))
    query.replace(preview)
  }

  return useMutation({
    mutationFn: (preview: Preview) => {
      const args: Arguments = JSON.parse(draft.question)
      return postJson<Operation>(api.serviceCommand(service, kind), {
        ...args,
        ...consentOf(preview, draft),
      })
    },
    onSuccess: (operation) => {
      client.setQueryData(operationKey(operation.id), operation)
      onAccepted(operation.id)
    },
    onError: (error) => {
      if (!(error instanceof RequestFailed)) return
      const newer = newerPreview(error, draft.preview)
      if (newer) show(newer)
      else if (error.code === 'preview-outdated') query.refetch()
    },
  })
}

/** What a refusal says that the preview should have said, if it says so in a form we know. */
export function newerPreview(
  { code, problem }: Pick<RequestFailed, 'code' | 'problem'>,
  shown: Preview | null,
): Preview | null {
  if (code === 'preview-outdated') {
    const { data } = Preview.safeParse(problem.preview)
    return data ?? null
  }
  if (code === 'checks-open' && shown) {
    const { data } = Check.array().safeParse(problem.checks)
    return data ? { ...shown, checks: data } : null
  }
  return null
}
