import { useDebouncedValue } from '@mantine/hooks'
import type { CommandKind } from '@skep/shared/contract/preview'
import type { ReactNode } from 'react'
import { useRef } from 'react'
import { Skeleton } from '../ui/Skeleton.tsx'
import type { Question } from './arguments.ts'
import type { CommandProps } from './CommandSheet.tsx'
import { CommitBar } from './CommitBar.tsx'
import { commandWords } from './command-words.ts'
import type { Obstacle } from './consent.ts'
import styles from './PreviewForm.module.css'
import { PreviewParts } from './PreviewParts.tsx'
import { usePreview } from './preview-query.ts'
import { ReadFailure } from './ReadFailure.tsx'
import { SheetParts } from './Sheet.tsx'
import { useCommit } from './use-commit.ts'
import { useDraft } from './use-draft.ts'

type PreviewFormProps = CommandProps & {
  kind: CommandKind
  question: Question
  fields?: ReactNode
}

/** How long a field rests before its value is asked for, in milliseconds. */
const restFor: Partial<Record<CommandKind, number>> = {
  scale: 250,
  settings: 250,
  image: 500,
}

/** The consequence before the press, and the press. It stays open until it is accepted. */
export function PreviewForm(props: PreviewFormProps) {
  const { kind, question, fields, service, onClose, onAccepted } = props
  const { name } = service
  const asked = question.state === 'asked' ? JSON.stringify(question.args) : null
  const [settled] = useDebouncedValue(asked, restFor[kind] ?? 0)
  const rested = settled === asked ? asked : null
  const query = usePreview(name, kind, rested, service)
  const [draft, changeDraft] = useDraft(query.data, rested)
  const commit = useCommit({ service: name, kind, draft, changeDraft, onAccepted, query })
  const sheet = useRef<HTMLDivElement>(null)

  const { preview } = draft
  const failed = rested !== null ? query.error : null
  const isCurrent = preview !== null && draft.question === asked && !failed
  const goTo = (at: Obstacle['at']) =>
    at && sheet.current?.querySelector<HTMLElement>(places[at])?.focus()
  return (
    <SheetParts
      title={(isCurrent && preview.title) || commandWords[kind].title(name)}
      onClose={onClose}
      footer={
        <CommitBar
          kind={kind}
          draft={draft}
          button={isCurrent ? preview.button : commandWords[kind].title(name)}
          question={failed ? null : asked}
          unasked={unasked(question, failed)}
          commit={commit}
          onObstacle={goTo}
          onClose={onClose}
        />
      }
    >
      <div ref={sheet} className={styles.form}>
        {fields && <div className={styles.fields}>{fields}</div>}
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
  fields: '[aria-invalid="true"], input',
  block: '[data-level="block"]',
  warning: 'input[type="checkbox"]:not(:checked)',
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
