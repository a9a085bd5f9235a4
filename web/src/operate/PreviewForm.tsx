import { useDebouncedValue } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useRef } from 'react'
import { Skeleton } from '../ui/Skeleton.tsx'
import type { Question } from './arguments.ts'
import { CommitBar } from './CommitBar.tsx'
import type { Obstacle } from './consent.ts'
import styles from './PreviewForm.module.css'
import { PreviewParts } from './PreviewParts.tsx'
import { usePreview } from './preview-query.ts'
import { ReadFailure } from './ReadFailure.tsx'
import { SheetParts } from './Sheet.tsx'
import { type AnyPreview, type AnyTarget, titleOf } from './target.ts'
import { useCommit } from './use-commit.ts'
import { useDraft } from './use-draft.ts'

/** What a sheet does once it has been answered, or left. */
export type SheetEnds = {
  onClose: () => void
  /** Told the id of the operation that a command became. */
  onAccepted: (operation: string) => void
}

type PreviewFormProps<Answer> = {
  onClose: () => void
  onAnswer: (answer: Answer, preview: AnyPreview) => void
  target: AnyTarget
  /** What of the stream the preview depends on: it is read again when this is another. */
  basis: unknown
  question: Question
  /** What it has to be told; where the preview proposes something, it comes in here. */
  fields?: ReactNode | ((preview: AnyPreview | null) => ReactNode)
  /** What the body holds that the question must not; see useCommit. */
  besides?: (preview: AnyPreview) => object
  /** Why that cannot be sent yet. */
  wanting?: string | null
}

/** How long a field rests before its value is asked for, in milliseconds. */
const restFor: Partial<Record<AnyTarget['kind'], number>> = {
  scale: 250,
  settings: 250,
  image: 500,
  labels: 250,
  prune: 250,
  rotate: 400,
}

/** The consequence before the press, and the press. It stays open until it is accepted. */
export function PreviewForm<Answer>(props: PreviewFormProps<Answer>) {
  const { target, basis, question, fields, onClose, onAnswer } = props
  const { besides, wanting = null } = props
  const asked = question.state === 'asked' ? JSON.stringify(question.args) : null
  const [settled] = useDebouncedValue(asked, restFor[target.kind] ?? 0)
  const rested = settled === asked ? asked : null
  const query = usePreview(target, rested, basis)
  const [draft, changeDraft] = useDraft(query.data, rested)
  const commit = useCommit({ target, draft, changeDraft, onAnswer, besides, query })
  const sheet = useRef<HTMLDivElement>(null)

  const { preview } = draft
  const failed = rested !== null ? query.error : null
  const isCurrent = preview !== null && draft.question === asked && !failed
  const goTo = (at: Obstacle['at']) =>
    at && sheet.current?.querySelector<HTMLElement>(places[at])?.focus()
  return (
    <SheetParts
      title={(isCurrent && preview.title) || titleOf(target)}
      onClose={onClose}
      footer={
        <CommitBar
          target={target}
          draft={draft}
          button={isCurrent ? preview.button : titleOf(target)}
          question={failed ? null : asked}
          unasked={unasked(question, failed)}
          wanting={wanting}
          commit={commit}
          onObstacle={goTo}
          onClose={onClose}
        />
      }
    >
      <div ref={sheet} className={styles.form}>
        {fields && (
          <div className={styles.fields}>
            {typeof fields === 'function' ? fields(preview) : fields}
          </div>
        )}
        {failed ? (
          <ReadFailure error={failed} onRetry={() => void query.refetch()} />
        ) : question.state === 'unchanged' ? (
          <p className={styles.hint}>{question.hint}</p>
        ) : preview ? (
          <PreviewParts
            draft={draft}
            preview={preview}
            // An answer to another question stays in sight, dimmed, until this one's comes.
            isCurrent={isCurrent}
            onDraft={changeDraft}
          />
        ) : (
          question.state === 'asked' && <Skeleton rows={6} label="Reading the preview" />
        )}
      </div>
    </SheetParts>
  )
}

const places: Record<NonNullable<Obstacle['at']>, string> = {
  fields: '[aria-invalid="true"], [data-wanting], input',
  block: '[data-level="block"]',
  warning: '[data-level="warn"] input:not(:checked)',
  typed: '[data-typed]',
}

function unasked(question: Question, failed: Error | null): string {
  if (failed) return 'There is no preview to answer.'
  switch (question.state) {
    case 'asked':
      return 'The preview is being read.'
    case 'unchanged':
      return 'Nothing is changed yet.'
    case 'wrong':
      return Object.values(question.errors)[0] ?? ''
  }
}
