import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useConsumerBasis } from '../../cluster/stored.ts'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { counted } from '../../ui/words.ts'
import { plainQuestion, type Question } from '../arguments.ts'
import bar from '../CommitBar.module.css'
import { PreviewForm } from '../PreviewForm.tsx'
import { SheetParts } from '../Sheet.tsx'
import { TextField } from '../TextField.tsx'
import type { StoredTarget } from '../target.ts'
import { NameList } from './NameList.tsx'
import { keepQuestion } from './prune-question.ts'

type RemovalSheetProps = { target: StoredTarget; onClose: () => void }

/** Removing one, or the old versions of a family: first the preview, then what went. */
export function RemovalSheet({ target, onClose }: RemovalSheetProps) {
  const client = useQueryClient()
  const basis = useConsumerBasis()
  const [removed, setRemoved] = useState<string[] | null>(null)
  const [keep, setKeep] = useState('3')
  if (removed) return <Removed names={removed} onClose={onClose} />
  const question: Question = target.kind === 'prune' ? keepQuestion(keep) : plainQuestion
  return (
    <PreviewForm<{ removed: string[] }>
      target={target}
      basis={basis}
      question={question}
      fields={
        target.kind === 'prune' && (
          <TextField
            label="Versions to keep for rollback, the newest first"
            holds="number"
            first
            value={keep}
            error={question.state === 'wrong' ? (question.errors.keep ?? null) : null}
            hint="The newest is always kept."
            onText={setKeep}
          />
        )
      }
      onClose={onClose}
      onAnswer={(answer) => {
        setRemoved(answer.removed)
        void client.invalidateQueries({ queryKey: ['stored', target.subject] })
      }}
    />
  )
}

/** What the engine confirmed. */
function Removed({ names, onClose }: { names: string[]; onClose: () => void }) {
  return (
    <SheetParts
      title={names.length === 1 ? 'Removed' : `Removed ${names.length}`}
      onClose={onClose}
      footer={
        <div className={bar.bar}>
          <Button onClick={onClose}>Close</Button>
        </div>
      }
    >
      <p role="status">
        <Mark mark="disc-check" tone="ok" />
        The swarm removed {counted(names.length, 'version')}:
      </p>
      <NameList names={names} />
    </SheetParts>
  )
}
