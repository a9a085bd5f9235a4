import { useId } from 'react'
import { RequestFailed } from '../cluster/get-json.ts'
import { Button } from '../ui/Button.tsx'
import { Prose } from '../ui/Prose.tsx'
import styles from './CommitBar.module.css'
import { type Obstacle, obstacleOf } from './consent.ts'
import type { Draft } from './draft.ts'
import { ReadFailure } from './ReadFailure.tsx'
import { useStandstill } from './standstill.ts'
import { type AnyPreview, type AnyTarget, isRemoval } from './target.ts'

type CommitBarProps = {
  target: AnyTarget
  draft: Draft
  button: string
  /** The question in the fields, which the preview has to answer; null for none. */
  question: string | null
  unasked: string
  /** What a press needs besides the preview; null while it is there. */
  wanting: string | null
  commit: { mutate: (preview: AnyPreview) => void; isPending: boolean; error: Error | null }
  /** Pressed while something is in the way: leads to what can be done about it. */
  onObstacle: (at: Obstacle['at']) => void
  onClose: () => void
}

/** The press, with what stands in its way beside it, and what became of the last one. */
export function CommitBar(props: CommitBarProps) {
  const { target, draft, button, question, unasked, wanting } = props
  const { commit, onObstacle, onClose } = props
  const standstill = useStandstill()
  const reasonId = useId()
  const obstacle = obstacleOf(draft, { standstill, question, unasked, wanting })
  const reason = commit.isPending ? 'Sent; waiting for the answer.' : obstacle?.reason
  const press = () => {
    if (commit.isPending || !draft.preview) return
    if (obstacle) onObstacle(obstacle.at)
    else commit.mutate(draft.preview)
  }
  return (
    <>
      {commit.error && !(draft.news === 'refused' && isOutdated(commit.error)) && (
        <ReadFailure error={commit.error} />
      )}
      <div className={styles.bar}>
        <Button
          look={isRemoval(target) ? 'filled-critical' : 'filled'}
          className={styles.commit}
          aria-disabled={Boolean(reason)}
          aria-describedby={reason ? reasonId : undefined}
          onClick={press}
        >
          {button}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <p id={reasonId} className={styles.reason} aria-live="polite">
          {reason && <Prose>{reason}</Prose>}
        </p>
      </div>
    </>
  )
}

// Said above the preview that took its place.
const isOutdated = (error: Error) =>
  error instanceof RequestFailed && error.code === 'preview-outdated'
