import { RequestFailed } from '../cluster/get-json.ts'
import { ErrorBlock } from '../ui/ErrorBlock.tsx'

/** What was asked for did not come, or was refused, in the words of whoever said so. */
export function ReadFailure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const known = error instanceof RequestFailed
  return (
    <ErrorBlock
      what={error.message}
      {...(known && { next: error.next })}
      {...(known && error.detail !== null && { cause: error.detail })}
      {...(onRetry && { onRetry })}
    />
  )
}
