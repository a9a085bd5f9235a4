import type { Node } from '@skep/shared/contract/node'
import type { NodeCommandKind } from '@skep/shared/contract/node-commands'
import { useId, useState } from 'react'
import { plainQuestion, type Question } from './arguments.ts'
import fieldStyles from './Fields.module.css'
import { LabelFields } from './LabelFields.tsx'
import { emptyLabelDraft, labelRows, labelsQuestion } from './label-draft.ts'
import { useNodeBasis } from './node-basis.ts'
import { PreviewForm, type SheetEnds } from './PreviewForm.tsx'
import { useOperationAnswer } from './use-commit.ts'

type NodeProps = SheetEnds & { node: Node }
type NodeCommandProps = NodeProps & { kind: NodeCommandKind }

/** The preview of a command on a node, beneath the fields that it has to be told. */
export function NodeCommand({ kind, ...others }: NodeCommandProps) {
  switch (kind) {
    case 'labels':
      return <LabelsCommand {...others} />
    case 'remove':
      return <RemoveCommand {...others} />
    case 'drain':
    case 'pause':
    case 'activate':
    case 'promote':
    case 'demote':
      return <NodeForm kind={kind} question={plainQuestion} {...others} />
  }
}

type NodeFormProps = NodeCommandProps & { question: Question; fields?: React.ReactNode }

function NodeForm({ node, kind, onAccepted, ...others }: NodeFormProps) {
  const target = { subject: 'node', name: node.name, kind } as const
  const basis = useNodeBasis(node)
  const onAnswer = useOperationAnswer(onAccepted)
  return <PreviewForm target={target} basis={basis} onAnswer={onAnswer} {...others} />
}

function LabelsCommand(props: NodeProps) {
  const [draft, setDraft] = useState(emptyLabelDraft)
  const rows = labelRows(props.node.labels, draft)
  const question = labelsQuestion(rows)
  const errors = question.state === 'wrong' ? question.errors : {}
  return (
    <NodeForm
      kind="labels"
      question={question}
      fields={<LabelFields rows={rows} errors={errors} onDraft={setDraft} />}
      {...props}
    />
  )
}

function RemoveCommand(props: NodeProps) {
  const id = useId()
  const [force, setForce] = useState(false)
  const question: Question = { state: 'asked', args: force ? { force } : {} }
  return (
    <NodeForm
      kind="remove"
      question={question}
      fields={
        <div className={fieldStyles.choice}>
          <input
            id={id}
            type="checkbox"
            checked={force}
            aria-describedby={`${id}-note`}
            onChange={(event) => setForce(event.target.checked)}
          />
          <label htmlFor={id}>Remove it even if it is not down</label>
          <p id={`${id}-note`} className={fieldStyles.hint}>
            As --force does. Its containers run on, and nobody manages them.
          </p>
        </div>
      }
      {...props}
    />
  )
}
