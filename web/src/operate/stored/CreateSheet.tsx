import type { Created, CreateStored, StoredKind } from '@skep/shared/contract/stored'
import { api } from '@skep/shared/paths'
import { storedWords } from '@skep/shared/vocabulary'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { postJson } from '../../cluster/get-json.ts'
import { Button } from '../../ui/Button.tsx'
import bar from '../CommitBar.module.css'
import fields from '../Fields.module.css'
import { LabelFields } from '../LabelFields.tsx'
import { emptyLabelDraft } from '../label-draft.ts'
import form from '../PreviewForm.module.css'
import { ReadFailure } from '../ReadFailure.tsx'
import { SheetParts } from '../Sheet.tsx'
import { useStandstill } from '../standstill.ts'
import { TextField } from '../TextField.tsx'
import styles from './Stored.module.css'
import { storedLabels } from './stored-labels.ts'
import { nameProblem } from './stored-name.ts'
import { base64Of, emptyValue, payloadOf, valueProblem } from './stored-value.ts'
import { ValueField } from './ValueField.tsx'

type CreateSheetProps = {
  kind: StoredKind
  /** Names that are taken; as far as is known here, the engine knows better. */
  taken: (name: string) => boolean
  onClose: () => void
  onCreated: (name: string) => void
}

/** A new secret or config. Nothing depends on it yet, so there is nothing to preview. */
export function CreateSheet({ kind, taken, onClose, onCreated }: CreateSheetProps) {
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const client = useQueryClient()
  const standstill = useStandstill()
  const [name, setName] = useState('')
  const [isLeft, setLeft] = useState(false)
  const [value, setValue] = useState(() => emptyValue(kind))
  const [labelDraft, setLabelDraft] = useState(emptyLabelDraft)
  const { rows, errors, labels } = storedLabels(labelDraft)
  const create = useMutation({
    mutationFn: () => {
      const body: CreateStored = { name, data: base64Of(payloadOf(value)), labels }
      return postJson<Created>(api.stored(kind), body)
    },
    // The value goes with the sheet.
    gcTime: 0,
    onSuccess: (created) => {
      setValue(emptyValue(kind))
      void client.invalidateQueries({ queryKey: ['stored', kind] })
      onCreated(created.name)
    },
  })

  const badName = nameProblem(name, taken)
  const badValue = valueProblem(value, kind)
  const [badLabel = null] = Object.values(errors)
  const reason = create.isPending
    ? 'Sent; waiting for the answer.'
    : (standstill ?? badName ?? badValue ?? badLabel)
  const press = () => {
    if (create.isPending || standstill !== null) return
    if (reason === null) return create.mutate()
    setLeft(true)
    sheet.current
      ?.querySelector<HTMLElement>(
        badName ? '[data-first]' : badValue ? '[data-wanting]' : '[aria-invalid="true"]',
      )
      ?.focus()
  }
  const { one } = storedWords[kind]
  const holds = kind === 'secret' ? 'Value' : 'Content'
  return (
    <SheetParts
      title={`New ${one}`}
      onClose={onClose}
      footer={
        <>
          {create.error && <ReadFailure error={create.error} />}
          <div className={bar.bar}>
            <Button
              look="filled"
              className={bar.commit}
              aria-disabled={reason !== null}
              aria-describedby={`${id}-reason`}
              onClick={press}
            >
              Create {one} {badName === null ? name : ''}
            </Button>
            <Button onClick={onClose}>Cancel</Button>
            <p id={`${id}-reason`} className={bar.reason} aria-live="polite">
              {reason}
            </p>
          </div>
        </>
      }
    >
      <div ref={sheet} className={form.form}>
        <TextField
          label="Name"
          holds="name"
          first
          value={name}
          error={isLeft || name !== '' ? badName : null}
          hint={`It cannot be changed, and neither can the ${holds.toLowerCase()}: end it with a version, such as _v1.`}
          onText={setName}
          onBlur={() => setLeft(name !== '')}
        />
        <ValueField kind={kind} draft={value} onDraft={setValue} label={holds} />
        <div className={styles.labels}>
          <LabelFields rows={rows} errors={errors} onDraft={setLabelDraft} />
          <p className={fields.hint}>
            With <code>rotation-days</code>, such as 90, the list says when a new version is
            due. Anyone who may read the swarm reads labels.
          </p>
        </div>
      </div>
    </SheetParts>
  )
}
