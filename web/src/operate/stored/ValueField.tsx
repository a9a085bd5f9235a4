import { payloadLimit, type StoredKind } from '@skep/shared/contract/stored'
import { useId, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import fields from '../Fields.module.css'
import { FieldNote } from '../ScaleField.tsx'
import { GenerateField } from './GenerateField.tsx'
import {
  beginsWithMark,
  type Kept,
  newlinesAtEnd,
  payloadOf,
  rawBytes,
  type ValueDraft,
  type ValueSource,
  valueProblem,
  valueSources,
} from './stored-value.ts'
import styles from './ValueField.module.css'

type ValueFieldProps = {
  kind: StoredKind
  draft: ValueDraft
  onDraft: (draft: ValueDraft) => void
  /** What the sheet calls it: "Value", "Content", "New value". */
  label: string
}

const sources: Record<ValueSource, string> = {
  paste: 'Type or paste',
  file: 'From a file',
  generate: 'Generate',
}

/** A value, in one of three ways. It is held by the sheet, and goes with it. */
export function ValueField({ kind, draft, onDraft, label }: ValueFieldProps) {
  const id = useId()
  const problem = valueProblem(draft, kind)
  const { length } = payloadOf(draft)
  const raw = rawBytes(draft)
  const newlines = newlinesAtEnd(raw)
  const isTooLong = length >= payloadLimit[kind]
  return (
    <fieldset
      className={styles.value}
      data-wanting={problem ? '' : undefined}
      tabIndex={-1}
    >
      <legend>{label}</legend>
      <div className={styles.ways}>
        {valueSources[kind].map((source) => (
          <Button
            key={source}
            aria-pressed={draft.source === source}
            onClick={() => onDraft({ ...draft, source })}
          >
            {sources[source]}
          </Button>
        ))}
      </div>
      {draft.source === 'paste' && (
        <TextWay
          kind={kind}
          draft={draft}
          onDraft={onDraft}
          label={label}
          note={`${id}-note`}
        />
      )}
      {draft.source === 'file' && <FileWay draft={draft} onDraft={onDraft} />}
      {draft.source === 'generate' && (
        <GenerateField
          value={draft.generated}
          onValue={(generated) => onDraft({ ...draft, generated })}
        />
      )}
      {newlines > 0 && (
        <KeptChoice
          legend={`It ends with ${newlines === 1 ? 'a newline' : `${newlines} newlines`}`}
          words={newlineWords[kind]}
          chosen={draft.newline}
          onChoose={(newline) => onDraft({ ...draft, newline })}
        />
      )}
      {beginsWithMark(raw) && (
        <KeptChoice
          legend="It begins with a byte order mark, which no editor shows"
          words={markWords}
          chosen={draft.mark}
          onChoose={(mark) => onDraft({ ...draft, mark })}
        />
      )}
      <FieldNote
        id={`${id}-note`}
        error={isTooLong ? problem : null}
        hint={`${length.toLocaleString('en')} of less than ${payloadLimit[kind].toLocaleString('en')} bytes.${kind === 'secret' ? ' Nobody can read it back, this console included.' : ''}`}
      />
    </fieldset>
  )
}

type WayProps = { draft: ValueDraft; onDraft: (draft: ValueDraft) => void }
type TextWayProps = WayProps & { kind: StoredKind; label: string; note: string }

function TextWay({ kind, draft, onDraft, label, note }: TextWayProps) {
  const [shown, setShown] = useState(false)
  const isHidden = kind === 'secret' && !shown
  return (
    <div className={styles.text}>
      <textarea
        aria-label={label}
        aria-describedby={note}
        className={isHidden ? `${styles.area} ${styles.masked}` : styles.area}
        rows={kind === 'secret' ? 3 : 14}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        value={draft.text}
        onChange={(event) => onDraft({ ...draft, text: event.target.value })}
      />
      {kind === 'secret' && (
        <Button look="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide what is typed' : 'Show what is typed'}
        </Button>
      )}
    </div>
  )
}

function FileWay({ draft, onDraft }: WayProps) {
  const id = useId()
  const [error, setError] = useState<string | null>(null)
  const read = async (file: File | undefined) => {
    setError(null)
    if (!file) return onDraft({ ...draft, file: null })
    // Nothing that could be stored is as long, and a browser would hold it all.
    if (file.size > 2 * payloadLimit.config) {
      setError(`${file.name} is too long to be stored.`)
      return onDraft({ ...draft, file: null })
    }
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      onDraft({ ...draft, file: { name: file.name, bytes } })
    } catch {
      setError(`${file.name} could not be read.`)
    }
  }
  return (
    <div className={fields.field}>
      <label htmlFor={id}>File, stored byte for byte</label>
      <input
        id={id}
        type="file"
        className={styles.file}
        onChange={(event) => void read(event.target.files?.[0])}
      />
      {draft.file && <p className={fields.hint}>{draft.file.name}</p>}
      <FieldNote id={`${id}-note`} error={error} />
    </div>
  )
}

type KeptWords = Record<'keep' | 'cut', string>

const newlineWords: Record<StoredKind, KeptWords> = {
  secret: { keep: 'Keep it, as a file has it', cut: 'Cut it off, as of a password' },
  config: { keep: 'Keep it, as a file has it', cut: 'Cut it off' },
}

const markWords: KeptWords = {
  keep: 'Keep it: programs may take it for part of the text',
  cut: 'Cut it off',
}

type KeptChoiceProps = {
  legend: string
  words: KeptWords
  chosen: Kept
  onChoose: (choice: 'keep' | 'cut') => void
}

/** Whether what nobody sees stays. */
function KeptChoice({ legend, words, chosen, onChoose }: KeptChoiceProps) {
  const name = useId()
  return (
    <fieldset className={styles.newline}>
      <legend>{legend}</legend>
      {(['keep', 'cut'] as const).map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            checked={chosen === choice}
            onChange={() => onChoose(choice)}
          />
          {words[choice]}
        </label>
      ))}
    </fieldset>
  )
}
