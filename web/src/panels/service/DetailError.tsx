import { RequestFailed } from '../../cluster/get-json.ts'
import { ErrorBlock } from '../../ui/ErrorBlock.tsx'

/** A part of the page that had to be asked for, and did not come. */
export function DetailError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (!(error instanceof RequestFailed))
    return <ErrorBlock what={error.message} onRetry={onRetry} />
  const { message, next, detail } = error
  return (
    <ErrorBlock
      what={message}
      next={next}
      {...(detail !== null && { cause: detail })}
      onRetry={onRetry}
    />
  )
}
